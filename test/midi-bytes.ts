/** Standard MIDI Files byte by byte, for tests of what other programs write. */

/** Ticks in a quarter note. */
export const ticks = 480

/** Bytes at a tick: an event without its delta time. */
export type RawEvent = readonly [tick: number, ...bytes: number[]]

/** A track of events in any order; its length and end can be wrong. */
export type RawTrack = {
  readonly events: readonly RawEvent[]
  /** The tick of the end of track; unless given, that of the last event. */
  readonly end?: number
  /** What the length in the file is, unless it is the right one. */
  readonly length?: number
}

/** Notes as events: each a beat, a length in beats, a pitch and perhaps a velocity. */
export function notes(channel: number, ...played: [beat: number, beats: number, pitch: number, velocity?: number][]) {
  return played.flatMap(([beat, beats, pitch, velocity = 90]): RawEvent[] => [
    [Math.round(beat * ticks), 0x8f + channel, pitch, velocity],
    [Math.round((beat + beats) * ticks), 0x7f + channel, pitch, 0],
  ])
}

/** Four notes a measure of 4/4 on some pitches in turn, from a beat on. */
export function walking(channel: number, count: number, pitches: readonly number[] = [36, 40, 43, 45], from = 0) {
  const line = Array.from({ length: count }, (_, index): [number, number, number] => {
    return [from + index, 0.9, pitches[index % pitches.length] ?? 36]
  })
  return notes(channel, ...line)
}

const meta = (tick: number, type: number, ...data: number[]): RawEvent => [tick, 0xff, type, data.length, ...data]
export const named = (name: string | Iterable<number>): RawEvent =>
  meta(0, 3, ...(typeof name === 'string' ? new TextEncoder().encode(name) : name))
export const signature = (tick: number, numerator: number, denominator: number): RawEvent =>
  meta(tick, 0x58, numerator, Math.log2(denominator), 24, 8)
export const tempo = (tick: number, bpm: number): RawEvent => meta(tick, 0x51, ...bigEndian(Math.round(6e7 / bpm), 3))
export const program = (tick: number, channel: number, value: number): RawEvent => [tick, 0xbf + channel, value]
export const bank = (tick: number, channel: number, value: number): RawEvent => [tick, 0xaf + channel, 0, value]

/** A chunk. @param length what it says that its length is. */
export function chunk(id: string, body: readonly number[], length = body.length): number[] {
  return [...new TextEncoder().encode(id), ...bigEndian(length, 4), ...body]
}

/** A track's chunk. */
export function trackChunk({ events, end, length }: RawTrack): number[] {
  const rank = ([, status = 0]: RawEvent) => (status >> 4 === 8 ? 0 : 1)
  const sorted = [...events].sort((a, b) => a[0] - b[0] || rank(a) - rank(b))
  const last = end ?? sorted.at(-1)?.[0] ?? 0
  let now = 0
  const body = [...sorted, meta(last, 0x2f)].flatMap(([tick, ...bytes]) => {
    const delta = quantity(Math.max(0, tick - now))
    now = Math.max(now, tick)
    return [...delta, ...bytes]
  })
  return chunk('MTrk', body, length)
}

/** A file of format 1, or 0 with one track. @param announced how many tracks its header says. */
export function midiBytes(tracks: readonly RawTrack[], announced = tracks.length, between: readonly number[] = []) {
  const head = chunk(
    'MThd',
    [tracks.length > 1 ? 1 : 0, announced, ticks].flatMap((value) => bigEndian(value, 2)),
  )
  const [first, ...rest] = tracks.map(trackChunk)
  return Uint8Array.from([...head, ...(first ?? []), ...between, ...rest.flat()])
}

function bigEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** (bytes - 1 - index)) % 256)
}

function quantity(value: number): number[] {
  const bytes = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 128)
  return bytes
}
