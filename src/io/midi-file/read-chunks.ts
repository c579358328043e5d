import { Cursor, MidiFileError } from './cursor.ts'

/** The most that is read: a million notes in the longest encoding; more is an accident or an attack. */
export const maxMidiBytes = 12 * 1024 * 1024

/** What the header says. */
export type Header = { readonly format: number; readonly announced: number; readonly ticksPerBeat: number }

/**
 * Finds the header: at the start, or behind what others wrap around a file. That is a RIFF (`.rmi`), with its lists in
 * any order, or the 128 bytes of MacBinary.
 *
 * @returns the header, and where the first chunk after it begins.
 * @throws MidiFileError where there is none, or one that says nothing of use.
 */
export function readHeader(bytes: Uint8Array): Header & { readonly end: number } {
  if (bytes.length === 0) throw new MidiFileError('is empty: export it again.')
  if (bytes.length > maxMidiBytes) {
    throw new MidiFileError(`is larger than ${maxMidiBytes >> 20} MiB: export only the part that you need.`)
  }
  const start = isAt(bytes, 0, 'MThd') ? 0 : isWrapped(bytes) ? find(bytes, 0, 'MThd') : -1
  if (start < 0) throw new MidiFileError('is not a MIDI file: choose a Standard MIDI File (.mid).')

  const file = new Cursor(bytes, 'breaks off before its end: export or copy it again.', start + 4)
  const header = new Cursor(file.take(file.number(4)), 'has a damaged header: export it again.')
  const [format, announced, ticksPerBeat] = [header.number(2), header.number(2), header.number(2)]
  if (ticksPerBeat >= 0x8000) {
    throw new MidiFileError('counts time in SMPTE frames, not in beats: export it with ticks per quarter note.')
  }
  if (ticksPerBeat === 0) throw new MidiFileError('has 0 ticks in a beat, so no note has a place: export it again.')
  return { format, announced, ticksPerBeat, end: file.at }
}

function isWrapped(bytes: Uint8Array): boolean {
  const isMacBinary = bytes[0] === 0 && bytes[74] === 0 && isAt(bytes, 128, 'MThd')
  return isMacBinary || (isAt(bytes, 0, 'RIFF') && isAt(bytes, 8, 'RMID'))
}

/** A chunk as its first eight bytes announce it. */
export type Chunk = {
  readonly isTrack: boolean
  /** Where its body begins. */
  readonly start: number
  /** Where it says that its body ends: this may lie beyond the file. */
  readonly end: number
}

/** The chunk at a place; null where none begins there. */
export function chunkAt(bytes: Uint8Array, at: number): Chunk | null {
  const hasName = bytes.subarray(at, at + 4).every((byte) => byte >= 0x20 && byte < 0x7f)
  if (at + 8 > bytes.length || !hasName) return null
  const start = at + 8
  const length = new Cursor(bytes, '', at + 4).number(4)
  return { isTrack: isAt(bytes, at, 'MTrk'), start, end: start + length }
}

/** Where the next track's chunk begins, from a place on; −1 where there is none. */
export function nextTrack(bytes: Uint8Array, from: number): number {
  return find(bytes, from, 'MTrk')
}

function isAt(bytes: Uint8Array, at: number, id: string): boolean {
  return [0, 1, 2, 3].every((index) => bytes[at + index] === id.charCodeAt(index))
}

function find(bytes: Uint8Array, from: number, id: string): number {
  const first = id.charCodeAt(0)
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (bytes[at + 3] === id.charCodeAt(3) && isAt(bytes, at, id)) return at
  }
  return -1
}
