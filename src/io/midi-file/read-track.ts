import { Cursor, MidiFileError } from './cursor.ts'
import { drumSwitch } from './drum-switch.ts'
import { chunkAt } from './read-chunks.ts'
import { readName } from './read-name.ts'

/** A note in ticks. */
type TickNote = { readonly pitch: number; readonly velocity: number; readonly tick: number; end: number }

/** From this tick on a channel has this sound. */
export type SoundChange = { readonly tick: number; readonly value: number }

/** What one channel plays in one track, as the bytes say it. */
export type ChannelEvents = {
  /** Channel from 0, and 16 more for each further MIDI port. */
  readonly channel: number
  /** In the order in which they end. */
  readonly notes: TickNote[]
  readonly programs: SoundChange[]
  /** Bank select, most significant byte: controller 0. */
  readonly banks: SoundChange[]
}

/** What a track says. */
export type TrackEvents = {
  readonly name: string
  readonly channels: ReadonlyMap<number, ChannelEvents>
  /** Beats a minute. */
  readonly tempi: ReadonlyMap<number, number>
  readonly signatures: ReadonlyMap<number, { readonly numerator: number; readonly denominator: number }>
  /** Channels from 0 that an exclusive message makes drums, or no drums. */
  readonly drumSwitches: ReadonlyMap<number, boolean>
  /** The tick at which the track ends. */
  readonly endTick: number
  /** Where in the file its events end. */
  readonly end: number
  /** Whether its length in the file is wrong, although its events are whole. */
  readonly lies: boolean
}

/** How many data bytes follow the system messages from 0xf0 on, which have no place in a file but are found there. */
const systemData = [0, 1, 2, 1, 0, 0, 0, 0]

/** The event that ends a track. */
const endOfTrack = [0xff, 0x2f, 0]

/** The most that a data byte says. */
const mostData = 127

/**
 * Reads a track's events. They end at the end-of-track event, wherever the track's length says that they do: where the
 * length is wrong and the events are whole, the events count. A track without that event ends with its length, and one
 * that ends twice, the second time with its length, ends there. A velocity or a controller's value above 127 is
 * read as 127 if the events after it end with the track's length: else a byte was lost.
 *
 * @param start where the events begin.
 * @param announcedEnd where they should end.
 * @throws MidiFileError when they are damaged.
 */
export function readTrack(bytes: Uint8Array, start: number, announcedEnd: number, track: number): TrackEvents {
  const damage = `is damaged in track ${track}: export it again.`
  const isCut = announcedEnd > bytes.length
  const events = new Cursor(bytes, isCut ? 'breaks off before its end: export or copy it again.' : damage, start)
  const reader = new TrackReader()
  let status = 0
  let hasExcess = false
  /** The next byte of a message; real-time bytes may stand between them. */
  const next = () => {
    let byte = events.byte()
    while (byte >= 0xf8 && byte < 0xff) byte = events.byte()
    return byte
  }
  const data = () => {
    const byte = next()
    if (byte > mostData) events.refuse()
    return byte
  }
  /** The second of a message's bytes. */
  const value = () => {
    const byte = next()
    hasExcess ||= byte > mostData
    return Math.min(byte, mostData)
  }
  const done = (end: number) => {
    const lies = end !== announcedEnd
    if (hasExcess && lies) events.refuse()
    return reader.finish(events.at, lies)
  }
  const endsAgain = endOfTrack.every((byte, index) => bytes[announcedEnd - endOfTrack.length + index] === byte)

  while (isCut || events.at < announcedEnd || !endsAt(bytes, events.at, announcedEnd)) {
    reader.tick += events.quantity()
    const byte = events.byte()
    if (byte === 0xff) {
      const type = events.byte()
      const meta = events.take(events.quantity())
      if (type === 0x2f) {
        // A track may be padded after its end; if the next track lies in the padding, the announced length is wrong.
        const isPadded = events.at < announcedEnd && !isCut && !chunkAt(bytes, events.at)?.isTrack
        if (isPadded && endsAgain) continue
        return done(isPadded ? announcedEnd : events.at)
      }
      reader.meta(type, meta)
    } else if (byte === 0xf0 || byte === 0xf7) {
      reader.exclusive(events.take(events.quantity()))
    } else if (byte > 0xf0) {
      for (let rest = byte < 0xf8 ? (systemData[byte & 7] ?? 0) : 0; rest > 0; rest--) data()
    } else {
      if (byte >= 0x80) status = byte
      else if (status === 0) events.refuse()
      const first = byte >= 0x80 ? data() : byte
      const kind = status & 0xf0
      reader.channelEvent(kind, status & 0x0f, first, kind === 0xc0 || kind === 0xd0 ? 0 : value())
    }
  }
  return done(announcedEnd)
}

/** Whether a track without an end-of-track event ends here: exactly at its length, before another chunk or at the end. */
function endsAt(bytes: Uint8Array, at: number, announcedEnd: number): boolean {
  return at === announcedEnd && (bytes.length - at < 8 || chunkAt(bytes, at) !== null)
}

/** Collects what a track's events say. */
class TrackReader {
  tick = 0
  #name = ''
  #instrument = ''
  #port = 0
  readonly #channels = new Map<number, ChannelEvents>()
  readonly #tempi = new Map<number, number>()
  readonly #signatures = new Map<number, { numerator: number; denominator: number }>()
  readonly #drumSwitches = new Map<number, boolean>()
  /** What is held on a channel's pitch, first in, first out; what has ended stays until it is asked for. */
  readonly #held = new Map<number, { readonly notes: TickNote[]; ended: number }>()

  meta(type: number, data: Uint8Array): void {
    const [first = 0, second = 0, third = 0] = data
    if (type === 0x03 && this.#name === '') this.#name = readName(data)
    else if (type === 0x04 && this.#instrument === '') this.#instrument = readName(data)
    else if (type === 0x21 && data.length > 0) this.#port = first
    else if (type === 0x51 && data.length >= 3) this.#tempi.set(this.tick, bpmOf(first * 65_536 + second * 256 + third))
    else if (type === 0x58 && data.length >= 2) {
      this.#signatures.set(this.tick, { numerator: first, denominator: 2 ** second })
    }
  }

  exclusive(data: Uint8Array): void {
    const change = drumSwitch(data)
    if (change) this.#drumSwitches.set(change.channel, change.isDrums)
  }

  channelEvent(kind: number, number: number, first: number, second: number): void {
    const channel = this.#channel(16 * this.#port + number)
    if (kind === 0xc0) channel.programs.push({ tick: this.tick, value: first })
    else if (kind === 0xb0 && first === 0) channel.banks.push({ tick: this.tick, value: second })
    else if (kind === 0x90 && second > 0) this.#strike(channel, first, second)
    else if (kind === 0x80 || kind === 0x90) this.#release(channel, first)
  }

  finish(end: number, lies: boolean): TrackEvents {
    for (const { notes, ended } of this.#held.values()) {
      for (const note of notes.slice(ended)) note.end = this.tick
    }
    return {
      name: this.#name || this.#instrument,
      channels: this.#channels,
      tempi: this.#tempi,
      signatures: this.#signatures,
      drumSwitches: this.#drumSwitches,
      endTick: this.tick,
      end,
      lies,
    }
  }

  #channel(number: number): ChannelEvents {
    const known = this.#channels.get(number)
    if (known) return known
    const channel: ChannelEvents = { channel: number, notes: [], programs: [], banks: [] }
    this.#channels.set(number, channel)
    return channel
  }

  #strike({ channel, notes }: ChannelEvents, pitch: number, velocity: number): void {
    const note: TickNote = { pitch, velocity, tick: this.tick, end: this.tick }
    notes.push(note)
    const key = 128 * channel + pitch
    const held = this.#held.get(key) ?? { notes: [], ended: 0 }
    this.#held.set(key, held)
    held.notes.push(note)
  }

  #release({ channel }: ChannelEvents, pitch: number): void {
    const held = this.#held.get(128 * channel + pitch)
    const oldest = held?.notes[held.ended]
    if (!held || !oldest) return
    held.ended++
    oldest.end = this.tick
  }
}

function bpmOf(microsecondsPerBeat: number): number {
  if (microsecondsPerBeat > 0) return 60_000_000 / microsecondsPerBeat
  throw new MidiFileError('has a tempo of 0, at which no beat ever ends: set a real tempo.')
}
