import { type Beats, type MidiPitch, mod, type Note, nearestStep, stepBeat } from '../../music/index.ts'
import type { Transaction } from '../core/index.ts'
import { swingOf, unswungIn } from '../transport/index.ts'
import type { RecordingState, Take } from './state.ts'

/** More notes than hands play in one take, with what it is added to. */
export const fullTake = 4096

/** A note that a finger only brushed. */
const shortest: Beats = 1 / 32

/** Notes this near to each other, in two passes, are the same note of a loop. */
const near: Beats = 1 / 8

/** A note as it is played. */
export type Played = Pick<Note, 'pitch' | 'velocity'>

/** Whether a place is nearer to what comes after a take. */
export function isPast({ start, end }: Take, beat: Beats): boolean {
  return nearestStep(beat) >= nearestStep(end - start)
}

/** The moment on the straight grid, from the start of a take, in whose metre it counts. */
export function straightBeat(
  { state, beat }: Pick<Transaction<RecordingState>, 'state' | 'beat'>,
  { start, metre }: Take,
): Beats {
  return unswungIn({ beat: start, metre }, beat, swingOf(state)) - start
}

/** A note that has ended at a beat. */
export function ended(note: Note, beat: Beats): Note {
  return { ...note, beats: Math.max(shortest, beat - note.beat) }
}

/** A take whose notes have changed; the same of them are open. */
export function mapNotes(take: Take, change: (note: Note) => Note): Take {
  const notes = take.notes.map(change)
  const open = Object.entries(take.open).map(([voice, note]) => [voice, notes[take.notes.indexOf(note)]])
  return { ...take, notes, open: Object.fromEntries(open) }
}

/** Notes of which one has become another. */
export function replaced(notes: readonly Note[], note: Note, by: Note): readonly Note[] {
  const index = notes.lastIndexOf(note)
  return index < 0 ? notes : notes.with(index, by)
}

/** What becomes of a take's notes in its loop. */
export type LoopedNotes = {
  readonly notes: readonly Note[]
  /** Each note that is in the loop as it was played, and as it is there. */
  readonly of: ReadonlyMap<Note, Note>
}

/**
 * The notes of a take as they go round: a pickup comes at the loop's end, what is early for the next pass at its start.
 * What was played again in another pass, as a pickup is, is there once.
 *
 * @param ahead how far from the start of a pass the take began.
 */
export function looped(notes: readonly Note[], length: Beats, ahead: Beats = 0): LoopedNotes {
  const of = new Map<Note, Note>()
  const byPitch = new Map<MidiPitch, { readonly beat: Beats; readonly pass: number }[]>()
  for (const note of notes) {
    const pass = Math.floor(stepBeat(nearestStep(note.beat)) / length)
    const beat = around(note.beat + ahead, length)
    const others = byPitch.get(note.pitch) ?? []
    byPitch.set(note.pitch, others)
    if (others.some((other) => other.pass !== pass && isNear(other.beat, beat, length))) continue
    others.push({ beat, pass })
    of.set(note, { ...note, beat, beats: Math.min(note.beats, length) })
  }
  return { notes: [...of.values()], of }
}

/** A place in something that goes round. What is nearest to its end is early for its start. */
export function around(beat: Beats, length: Beats): Beats {
  return beat - Math.floor(stepBeat(nearestStep(beat)) / length) * length
}

function isNear(a: Beats, b: Beats, length: Beats): boolean {
  const apart = mod(a - b, length)
  return Math.min(apart, length - apart) <= near
}
