import type { Beats, Metre, Note } from '../../music/index.ts'
import type { Timeline } from '../../timing/index.ts'

/** What becomes a track of its own. */
export type TrackToWrite = {
  readonly name: string
  /** From 1 to 16; percussion belongs on 10. */
  readonly channel: number
  /** General MIDI program, from 0; a percussion track needs none. */
  readonly program?: number
  /** A note may have a channel of its own, as in an MPE zone. */
  readonly notes: readonly (Note & { readonly channel?: number })[]
  /** Other messages of the track's channel, or of one of their own: bends, pressure, controllers. */
  readonly messages?: readonly ChannelMessage[]
}

/** A message of a channel: its status without the channel, and its data. */
export type ChannelMessage = {
  readonly beat: Beats
  readonly status: number
  readonly data: readonly number[]
  readonly channel?: number
}

/** From this beat on another metre counts. */
export type MetreChange = { readonly beat: Beats; readonly metre: Metre }

/** What a MIDI file is to have. */
export type SongToWrite = {
  readonly metre: Metre
  /** Other metres later on. */
  readonly metreChanges?: readonly MetreChange[]
  readonly timeline: Timeline
  /** Where every track ends: what a sequencer loops. */
  readonly length: Beats
  readonly tracks: readonly TrackToWrite[]
}

/** Divides by 2, 3, 5 and 7: sixteenths and every usual tuplet fall on whole ticks. */
const ticksPerBeat = 3360

type Event = { readonly tick: number; readonly bytes: readonly number[] }

/** Writes a Standard MIDI File of format 1: a conductor track with metres and tempi, then the tracks. */
export function writeMidi({ metre, metreChanges = [], timeline, length, tracks }: SongToWrite): Uint8Array {
  const signatures = [{ beat: 0, metre }, ...metreChanges].map(({ beat, metre: { numerator, denominator } }) => ({
    tick: ticksAt(beat),
    bytes: meta(0x58, [numerator, Math.log2(denominator), 24, 8]),
  }))
  const tempi = timeline
    .filter(({ beat }) => beat < length)
    .map(({ beat, bpm }) => ({ tick: ticksAt(beat), bytes: meta(0x51, bigEndian(60_000_000 / bpm, 3)) }))
  const conductor: Event[] = [...signatures, ...tempi].sort((a, b) => a.tick - b.tick)
  const chunks = [conductor, ...tracks.map(trackEvents)].map((events) => chunk('MTrk', trackBytes(events, length)))
  const header = [1, chunks.length, ticksPerBeat].flatMap((value) => bigEndian(value, 2))
  return Uint8Array.from([chunk('MThd', header), ...chunks].flat())
}

function trackEvents({ name, channel: usual, program, notes, messages = [] }: TrackToWrite): Event[] {
  const message = (channel: number, kind: number, ...data: readonly number[]) => [kind | (channel - 1), ...data]
  const head: Event[] = [{ tick: 0, bytes: meta(0x03, [...new TextEncoder().encode(name)]) }]
  if (program !== undefined) head.push({ tick: 0, bytes: message(usual, 0xc0, program) })
  const onsets = notes.map(({ pitch, velocity, beat, channel = usual }) => ({
    tick: ticksAt(beat),
    bytes: message(channel, 0x90, pitch, velocity),
  }))
  const ends = notes.map(({ pitch, beat, beats, channel = usual }) => ({
    tick: Math.max(ticksAt(beat) + 1, ticksAt(beat + beats)),
    bytes: message(channel, 0x80, pitch, 0),
  }))
  const others = messages.map(({ beat, status, data, channel = usual }) => ({
    tick: ticksAt(beat),
    bytes: message(channel, status, ...data),
  }))
  // The sort keeps ends before onsets on one tick, so that a repeated key is released before it is struck; what a note
  // begins with comes between them.
  return [...head, ...[...ends, ...others, ...onsets].sort((a, b) => a.tick - b.tick)]
}

function trackBytes(events: readonly Event[], length: Beats): number[] {
  let last = 0
  return [...events, { tick: ticksAt(length), bytes: meta(0x2f, []) }].flatMap(({ tick, bytes }) => {
    const delta = Math.max(0, tick - last)
    last = Math.max(last, tick)
    return [...quantity(delta), ...bytes]
  })
}

function meta(type: number, data: readonly number[]): number[] {
  return [0xff, type, ...quantity(data.length), ...data]
}

function chunk(id: string, body: readonly number[]): number[] {
  return [...new TextEncoder().encode(id), ...bigEndian(body.length, 4), ...body]
}

/** A variable-length quantity: seven bits a byte, the highest first, all but the last marked. */
function quantity(value: number): number[] {
  const bytes = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 128)
  return bytes
}

function bigEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(Math.round(value) / 256 ** (bytes - 1 - index)) % 256)
}

function ticksAt(beat: Beats): number {
  return Math.max(0, Math.round(beat * ticksPerBeat))
}
