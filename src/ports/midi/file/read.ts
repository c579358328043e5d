import { type MidiEvent, parseMidi } from 'midi-file'
import type { Beats, Note } from '../../../music/index.ts'
import type { Timeline } from '../../../timing/index.ts'
import { tempoMap } from '../../../timing/index.ts'

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

/** A file that cannot be read as music; the message is a sentence for the user. */
export class MidiFileError extends Error {
  override name = 'MidiFileError'
}

/** The most that is read: some 500,000 notes, days of playing; more is an accident or an attack. */
export const maxMidiBytes = 4 * 1024 * 1024

const defaultBpm = 120

/**
 * Reads a Standard MIDI File of format 0, 1 or 2, also inside a RIFF (`.rmi`). Unknown chunks are passed
 * over, a note that never ends ends with its track, and of a format 2 file's tempo maps the first counts.
 *
 * @throws MidiFileError when the bytes are no such file, are damaged, or count time in SMPTE frames.
 */
export function readMidi(bytes: Uint8Array): MidiSong {
  const { format, ticksPerBeat, tracks } = parse(bytes)
  const parts: MidiPart[] = []
  const tempi = new Map<number, number>()
  const signatures = new Map<number, TimeSignature>()
  for (const [index, events] of tracks.entries()) {
    parts.push(...readParts(events, index + 1, ticksPerBeat))
    if (format === 2 && tempi.size + signatures.size > 0) continue
    let tick = 0
    for (const event of events) {
      tick += event.deltaTime
      if (event.type === 'setTempo') tempi.set(tick, event.microsecondsPerBeat)
      if (event.type === 'timeSignature') {
        const { numerator, denominator } = event
        signatures.set(tick, { beat: tick / ticksPerBeat, numerator, denominator })
      }
    }
  }
  return { timeline: readTempi(tempi, ticksPerBeat), timeSignatures: inOrder(signatures), parts }
}

function readParts(events: readonly MidiEvent[], track: number, ticksPerBeat: number): MidiPart[] {
  type Open = { tick: number; velocity: number }
  type Channel = { program: number | null; notes: Note[]; open: Map<number, Open[]> }
  const channels = new Map<number, Channel>()
  const channelOf = (number: number) => {
    const known = channels.get(number)
    if (known) return known
    const created: Channel = { program: null, notes: [], open: new Map() }
    channels.set(number, created)
    return created
  }
  let name = ''
  let tick = 0
  const close = ({ notes }: Channel, pitch: number, { tick: start, velocity }: Open) =>
    notes.push({ pitch, velocity, beat: start / ticksPerBeat, beats: (tick - start) / ticksPerBeat })

  for (const event of events) {
    if (!(event.deltaTime >= 0)) throw damaged(track)
    tick += event.deltaTime
    if (event.type === 'trackName' && name === '') name = event.text.trim()
    else if (event.type === 'programChange') channelOf(event.channel).program ??= event.programNumber
    else if (event.type === 'noteOn' || event.type === 'noteOff') {
      const { noteNumber, velocity } = event
      if (!isDataByte(noteNumber) || !isDataByte(velocity)) throw damaged(track)
      const channel = channelOf(event.channel)
      const open = channel.open.get(noteNumber) ?? []
      channel.open.set(noteNumber, open)
      if (event.type === 'noteOn') open.push({ tick, velocity })
      else {
        const ended = open.shift()
        if (ended) close(channel, noteNumber, ended)
      }
    }
  }
  return [...channels]
    .sort(([a], [b]) => a - b)
    .map(([number, channel]) => {
      for (const [pitch, open] of channel.open) for (const note of open) close(channel, pitch, note)
      const notes = channel.notes.sort((a, b) => a.beat - b.beat)
      return { track, channel: number + 1, name, program: channel.program, notes }
    })
    .filter(({ notes }) => notes.length > 0)
}

function readTempi(tempi: ReadonlyMap<number, number>, ticksPerBeat: number): Timeline {
  const changes = [...tempi]
    .sort(([a], [b]) => a - b)
    .map(([tick, microseconds]) => {
      if (!(microseconds > 0))
        throw new MidiFileError('has a tempo of 0, at which no beat ever ends: set a real tempo.')
      return { beat: tick / ticksPerBeat, bpm: 60_000_000 / microseconds }
    })
  return tempoMap(defaultBpm, changes)
}

function inOrder(signatures: ReadonlyMap<number, TimeSignature>): TimeSignature[] {
  return [...signatures.values()].sort((a, b) => a.beat - b.beat)
}

/** The library's own parse, of a file whose chunks are known to be whole. */
function parse(bytes: Uint8Array) {
  const whole = wholeChunks(bytes)
  let parsed: ReturnType<typeof parseMidi>
  try {
    parsed = parseMidi(whole)
  } catch (error) {
    throw new MidiFileError(`is damaged (${reason(error)}): export it again.`)
  }
  const { format, ticksPerBeat } = parsed.header
  if (ticksPerBeat === undefined) {
    throw new MidiFileError('counts time in SMPTE frames, not in beats: export it with ticks per quarter note.')
  }
  if (!(ticksPerBeat > 0)) throw new MidiFileError('has 0 ticks in a beat, so no note has a place: export it again.')
  return { format, ticksPerBeat, tracks: parsed.tracks }
}

/** The header and the track chunks, back to back; the library expects nothing else between them. */
function wholeChunks(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) throw new MidiFileError('is empty: export it again.')
  if (bytes.length > maxMidiBytes) {
    throw new MidiFileError(`is larger than ${maxMidiBytes >> 20} MiB: export only the part that you need.`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const id = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  let at = id(0) === 'RIFF' && id(8) === 'RMID' ? 20 : 0
  if (id(at) !== 'MThd') throw new MidiFileError('is not a MIDI file: choose a Standard MIDI File (.mid).')
  const chunks: Uint8Array[] = []
  let tracks = 0
  let announced = 0
  while (at < bytes.length && (chunks.length === 0 || tracks < announced)) {
    const end = at + 8 <= bytes.length ? at + 8 + view.getUint32(at + 4) : Number.POSITIVE_INFINITY
    if (end > bytes.length) throw new MidiFileError('breaks off before its end: export or copy it again.')
    if (chunks.length === 0) {
      if (end < at + 14) throw new MidiFileError('has a damaged header: export it again.')
      announced = view.getUint16(at + 10)
      chunks.push(bytes.subarray(at, end))
    } else if (id(at) === 'MTrk') {
      chunks.push(bytes.subarray(at, end))
      tracks++
    }
    at = end
  }
  if (tracks < announced) {
    throw new MidiFileError(`holds ${tracks} of the ${announced} tracks it announces: export or copy it again.`)
  }
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

function isDataByte(value: number): boolean {
  return value >= 0 && value < 128
}

function damaged(track: number): MidiFileError {
  return new MidiFileError(`is damaged in track ${track}: export it again.`)
}

function reason(error: unknown): string {
  return typeof error === 'string' ? error.replace(/\.$/, '') : 'its events cannot be told apart'
}
