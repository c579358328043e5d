import type { Beats, Note } from '../../music/index.ts'
import type { PlacedNote } from './placed-notes.ts'

/** Notes that are nearer to each other are a chord, or an ornament of one note. */
const leastApart: Beats = 1 / 16

/** A note of a run is at most this long, in times from it to the next one; the notes of a spread chord are longer. */
const longest = 1.5

/**
 * The notes of beats with a run that is faster than the grid, such as sextuplets: on the grid, notes that were played one
 * after the other would be chords. They are remembered as long as the placed notes are.
 */
export function fastRuns(notes: readonly PlacedNote[]): ReadonlySet<Note> {
  const known = runs.get(notes) ?? findRuns(notes)
  runs.set(notes, known)
  return known
}

const runs = new WeakMap<readonly PlacedNote[], ReadonlySet<Note>>()

function findRuns(notes: readonly PlacedNote[]): ReadonlySet<Note> {
  const inOrder = notes.toSorted((a, b) => a.beat - b.beat)
  const beats = new Set<Beats>()
  for (const [index, note] of inOrder.entries()) {
    const next = inOrder[index + 1]
    if (next && isRun(note, next)) beats.add(Math.floor(note.beat))
  }
  return new Set(notes.filter(({ beat }) => beats.has(Math.floor(beat))))
}

/** Whether two notes that follow each other have a single place on the grid. */
function isRun(note: PlacedNote, next: PlacedNote): boolean {
  const apart = next.beat - note.beat
  return next.place === note.place && apart >= leastApart && note.beats <= longest * apart
}
