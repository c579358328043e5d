import { type Beats, type Note, nearestStep, stepBeat } from '../../music/index.ts'
import type { Transaction } from '../core/index.ts'
import { swingOf, unswungIn } from '../transport/index.ts'
import type { RecordingState, Take } from './state.ts'

/** No first note is earlier than this, at any tempo and swing. */
const earliest: Beats = -1

/** A note that a finger only brushed. */
const shortest: Beats = 1 / 32

/** A note as it is played. */
export type Played = Pick<Note, 'pitch' | 'velocity'>

/** A note that is played now, in its place in a take; null where it has none. */
export function placed(tx: Transaction<RecordingState>, take: Take, { pitch, velocity }: Played): Note | null {
  const beat = straightBeat(tx, take)
  return beat < earliest || isPast(take, beat) ? null : { pitch, velocity, beat, beats: stepBeat(1) }
}

/** Whether a place is nearer to what comes after a take. */
export function isPast({ start, end }: Take, beat: Beats): boolean {
  return nearestStep(beat) >= nearestStep(end - start)
}

/** The moment on the straight grid, from the start of a take, in whose metre it counts. */
export function straightBeat({ state, beat }: Transaction<RecordingState>, { start, metre }: Take): Beats {
  return unswungIn({ beat: start, metre }, beat, swingOf(state)) - start
}

/** A take in which a note ends at a beat. */
export function ended(take: Take, index: number, beat: Beats): Take['notes'] {
  const note = take.notes[index]
  return note ? take.notes.with(index, { ...note, beats: Math.max(shortest, beat - note.beat) }) : take.notes
}

/** The notes of a take that is over at a beat: keys that are still down end with it. */
export function closed(take: Take, beat: Beats): Take['notes'] {
  return Object.values(take.open).reduce((notes, index) => ended({ ...take, notes }, index, beat), take.notes)
}
