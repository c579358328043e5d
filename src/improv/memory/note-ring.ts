import { intervalClass } from '../../models/index.ts'
import { pitchClass } from '../../music/index.ts'
import { chordKinds, type PastNote } from './played-note.ts'

/** In the columns: not known, and equal to nothing. */
export const unknown = -1

/** What is kept of each note, by its place: notes are numbered from 0, and the oldest are overwritten. */
export type NoteRing = {
  /** How many notes there have been. */
  readonly total: () => number
  /** The place of the oldest that is there. */
  readonly oldest: () => number
  /** Adds a note, and returns its place. */
  add(note: PastNote): number
  readonly pitch: (place: number) => number
  /** The class of the interval that leads to it; unknown where it begins a line. */
  readonly interval: (place: number) => number
  /** Where it lies over the chord's root, and where the note before it does; and the chord's kind. */
  readonly degree: (place: number) => number
  readonly over: (place: number) => number
  readonly kind: (place: number) => number
  /** How many of these intervals, as classes and the newest first, come right before a place. */
  matchLength(place: number, wanted: readonly number[]): number
}

/** An empty ring. @param capacity of notes, a power of two. */
export function createNoteRing(capacity: number): NoteRing {
  const column = () => new Int16Array(capacity)
  const [pitches, intervals, degrees, overs, kinds] = [column(), column(), column(), column(), column()]
  const index = (place: number) => place & (capacity - 1)
  let total = 0
  const oldest = () => Math.max(0, total - capacity)
  const interval = (place: number) => intervals[index(place)] as number
  return {
    total: () => total,
    oldest,
    add({ pitch, since, chord }) {
      const last = since === null || total === 0 ? null : (pitches[index(total - 1)] as number)
      const at = index(total)
      pitches[at] = pitch
      intervals[at] = last === null ? unknown : intervalClass(pitch - last)
      degrees[at] = chord ? pitchClass(pitch - chord.root) : unknown
      overs[at] = chord && last !== null ? pitchClass(last - chord.root) : unknown
      kinds[at] = chord ? chordKinds.indexOf(chord.kind) : unknown
      return total++
    },
    pitch: (place) => pitches[index(place)] as number,
    interval,
    degree: (place) => degrees[index(place)] as number,
    over: (place) => overs[index(place)] as number,
    kind: (place) => kinds[index(place)] as number,
    matchLength(place, wanted) {
      let length = 0
      while (length < wanted.length && place - 1 - length >= oldest()) {
        if (interval(place - 1 - length) !== wanted[length]) break
        length++
      }
      return length
    },
  }
}
