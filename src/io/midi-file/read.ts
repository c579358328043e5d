import type { Beats, Note } from '../../music/index.ts'
import type { Timeline } from '../../timing/index.ts'
import { tempoMap } from '../../timing/index.ts'
import { Cursor, MidiFileError } from './cursor.ts'

/** What one channel plays in one track of a file. */
export type MidiPart = {
  /** The track's number in the file, from 1. */
  readonly track: number
  /** The channel, from 1 to 16; 10 is percussion. */
  readonly channel: number
  /** The track's name; empty when it has none. */
  readonly name: string
  /** General MIDI program, from 0, or null where the file chooses none. */
  readonly program: number | null
  /** Sorted by onset. */
  readonly notes: readonly Note[]
}

/** From this beat on the file is in this metre, as its bytes say it: no promise that it makes sense. */
export type TimeSignature = { readonly beat: Beats; readonly numerator: number; readonly denominator: number }

/** A file's music. */
export type MidiSong = {
  readonly timeline: Timeline
  /** In rising order, one a beat; empty when the file names no metre. */
  readonly timeSignatures: readonly TimeSignature[]
  /** By track, then channel; only parts that have notes. */
  readonly parts: readonly MidiPart[]
}

/** The most that is read: a million notes in the longest encoding; more is an accident or an attack. */
export const maxMidiBytes = 12 * 1024 * 1024

const defaultBpm = 120

/**
 * Reads a Standard MIDI File of format 0, 1 or 2, also inside a RIFF (`.rmi`). Unknown chunks are passed
 * over, a note that never ends ends with its track, and of a format 2 file's tempo maps the first counts.
 *
 * @throws MidiFileError when the bytes are no such file, are damaged, or count time in SMPTE frames.
 */
export function readMidi(bytes: Uint8Array): MidiSong {
  const { format, ticksPerBeat, tracks } = readChunks(bytes)
  const tempi = new Map<number, number>()
  const signatures = new Map<number, TimeSignature>()
  const parts = tracks.flatMap((track, index) => {
    const conducts = format !== 2 || tempi.size + signatures.size === 0
    const { parts, conductor } = readTrack(track, index + 1, ticksPerBeat)
    if (conducts) {
      for (const [tick, bpm] of conductor.tempi) tempi.set(tick, bpm)
      for (const [tick, signature] of conductor.signatures) signatures.set(tick, signature)
    }
    return parts
  })
  const changes = [...tempi].sort(([a], [b]) => a - b).map(([tick, bpm]) => ({ beat: tick / ticksPerBeat, bpm }))
  return {
    timeline: tempoMap(defaultBpm, changes),
    timeSignatures: [...signatures.values()].sort((a, b) => a.beat - b.beat),
    parts,
  }
}

type Chunks = { readonly format: number; readonly ticksPerBeat: number; readonly tracks: readonly Uint8Array[] }

function readChunks(bytes: Uint8Array): Chunks {
  if (bytes.length === 0) throw new MidiFileError('is empty: export it again.')
  if (bytes.length > maxMidiBytes) {
    throw new MidiFileError(`is larger than ${maxMidiBytes >> 20} MiB: export only the part that you need.`)
  }
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  const start = name(0) === 'RIFF' && name(8) === 'RMID' ? 20 : 0
  if (name(start) !== 'MThd') throw new MidiFileError('is not a MIDI file: choose a Standard MIDI File (.mid).')

  const file = new Cursor(bytes.subarray(start + 4), 'breaks off before its end: export or copy it again.')
  const header = new Cursor(file.take(file.number(4)), 'has a damaged header: export it again.')
  const format = header.number(2)
  const announced = header.number(2)
  const ticksPerBeat = header.number(2)
  if (ticksPerBeat >= 0x8000) {
    throw new MidiFileError('counts time in SMPTE frames, not in beats: export it with ticks per quarter note.')
  }
  if (ticksPerBeat === 0) throw new MidiFileError('has 0 ticks in a beat, so no note has a place: export it again.')

  const tracks: Uint8Array[] = []
  while (tracks.length < announced) {
    const id = file.text(4)
    const chunk = file.take(file.number(4))
    if (id === 'MTrk') tracks.push(chunk)
  }
  return { format, ticksPerBeat, tracks }
}

type Conductor = { readonly tempi: Map<number, number>; readonly signatures: Map<number, TimeSignature> }
type Held = { readonly tick: number; readonly velocity: number }
/** What was struck on a pitch, in order, and how much of it has ended: first in, first out. */
type Struck = { readonly notes: Held[]; ended: number }
type Channel = { program: number | null; readonly notes: Note[]; readonly struck: Map<number, Struck> }

function readTrack(bytes: Uint8Array, track: number, ticksPerBeat: number) {
  const events = new Cursor(bytes, `is damaged in track ${track}: export it again.`)
  const conductor: Conductor = { tempi: new Map(), signatures: new Map() }
  const channels = new Map<number, Channel>()
  let name = ''
  let tick = 0
  let status = 0

  const end = ({ notes }: Channel, pitch: number, { tick: start, velocity }: Held) =>
    notes.push({ pitch, velocity, beat: start / ticksPerBeat, beats: (tick - start) / ticksPerBeat })

  const metaEvent = (type: number, data: Cursor, length: number) => {
    if (type === 0x03 && name === '') name = data.text(length).trim()
    else if (type === 0x51) conductor.tempi.set(tick, readTempo(data))
    else if (type === 0x58) {
      const [numerator, denominator] = [data.byte(), 2 ** data.byte()]
      conductor.signatures.set(tick, { beat: tick / ticksPerBeat, numerator, denominator })
    }
  }

  const channelEvent = (kind: number, number: number, first: number, second: number) => {
    const channel = channels.get(number) ?? { program: null, notes: [], struck: new Map() }
    channels.set(number, channel)
    if (kind === 0xc0) channel.program ??= first
    if (kind !== 0x90 && kind !== 0x80) return
    const struck = channel.struck.get(first) ?? { notes: [], ended: 0 }
    channel.struck.set(first, struck)
    const oldest = struck.notes[struck.ended]
    if (kind === 0x90 && second > 0) struck.notes.push({ tick, velocity: second })
    else if (oldest) {
      struck.ended++
      end(channel, first, oldest)
    }
  }

  while (!events.atEnd) {
    tick += events.quantity()
    let byte = events.byte()
    if (byte === 0xff) {
      const type = events.byte()
      const length = events.quantity()
      if (type === 0x2f) break
      metaEvent(type, new Cursor(events.take(length), `is damaged in track ${track}: export it again.`), length)
    } else if (byte === 0xf0 || byte === 0xf7) {
      events.take(events.quantity())
    } else {
      if (byte >= 0x80) {
        status = byte
        byte = events.byte()
      }
      const kind = status & 0xf0
      const second = kind === 0xc0 || kind === 0xd0 ? 0 : events.byte()
      if (kind === 0 || kind === 0xf0 || (byte | second) >= 0x80) events.refuse()
      channelEvent(kind, status & 0x0f, byte, second)
    }
  }

  const parts = [...channels]
    .sort(([a], [b]) => a - b)
    .map(([number, channel]): MidiPart => {
      for (const [pitch, struck] of channel.struck) {
        for (const note of struck.notes.slice(struck.ended)) end(channel, pitch, note)
      }
      const notes = channel.notes.sort((a, b) => a.beat - b.beat)
      return { track, channel: number + 1, name, program: channel.program, notes }
    })
    .filter(({ notes }) => notes.length > 0)
  return { parts, conductor }
}

function readTempo(data: Cursor): number {
  const microsecondsPerBeat = data.number(3)
  if (microsecondsPerBeat > 0) return 60_000_000 / microsecondsPerBeat
  throw new MidiFileError('has a tempo of 0, at which no beat ever ends: set a real tempo.')
}
