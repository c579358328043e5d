import { phraseRestSeconds, type Twelfths } from '../../models/index.ts'
import type { Beats, Note } from '../../music/index.ts'
import type { PhraseGrid } from './phrase-grid.ts'

/** A note of a line, on the grid. */
export type LineNote = Note & {
  readonly time: Twelfths
  /** Whether a phrase begins with it. */
  readonly begins: boolean
}

/** How many of the last notes of a call are heard: what was longer ago says little. */
const heardNotes = 64

/** The top line of what was played: one note at each place, phrases parted by rests. */
export function heardLine(notes: readonly Note[], grid: PhraseGrid, bpm: number): LineNote[] {
  const line: LineNote[] = []
  let silentFrom: Beats = Number.NEGATIVE_INFINITY
  for (const note of notes.slice(-2 * heardNotes)) {
    const time = grid.nearest(note.beat)
    const last = line.at(-1)
    if (last && time <= last.time) {
      if (note.pitch > last.pitch) line[line.length - 1] = { ...last, pitch: note.pitch, velocity: note.velocity }
    } else {
      line.push({ ...note, time, begins: ((note.beat - silentFrom) * 60) / bpm >= phraseRestSeconds })
    }
    silentFrom = Math.max(silentFrom, note.beat + note.beats)
  }
  return line.slice(-heardNotes)
}

/** How loud a player plays: the middle, and how far notes are from it. */
export type Loudness = { readonly middle: number; readonly spread: number }

/** What a player is taken for before they have played. */
const expected: Loudness = { middle: 84, spread: 12 }

/** No playing is flatter, or livelier, than this. */
const [flattest, liveliest] = [8, 22]

/** How many notes the expected loudness counts for. */
const expectedNotes = 4

/** How loud a line is played, in velocities. */
export function loudnessOf(line: readonly LineNote[]): Loudness {
  const weight = line.length + expectedNotes
  const middle = line.reduce((sum, { velocity }) => sum + velocity, 0) / Math.max(1, line.length)
  const squares = line.reduce((sum, { velocity }) => sum + (velocity - middle) ** 2, 0)
  const spread = Math.sqrt((squares + expectedNotes * expected.spread ** 2) / weight)
  return {
    middle: line.length === 0 ? expected.middle : middle,
    spread: Math.min(liveliest, Math.max(flattest, spread)),
  }
}
