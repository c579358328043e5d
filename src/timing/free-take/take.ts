import type { Metre, MidiPitch, Velocity } from '../../music/index.ts'
import type { Bpm, Seconds, Timeline } from '../timeline.ts'

/** A note that was played without a click. */
export type FreeNote = {
  readonly at: Seconds
  readonly until: Seconds
  readonly pitch: MidiPitch
  readonly velocity: Velocity
}

/** What was played from one press of the foot to the next, without a click. */
export type FreeTake = {
  /** The first press: on beat one, or some time before the first note. */
  readonly from: Seconds
  /** The second press: beat one of the loop's next pass. */
  readonly until: Seconds
  readonly notes: readonly FreeNote[]
}

/** The tempi to choose from, in what a foot taps: dotted quarters in 6/8, else quarters. */
export type TempoRange = { readonly slowest: Bpm; readonly fastest: Bpm }

/** The range that most music is in. */
export const usualTempi: TempoRange = { slowest: 60, fastest: 200 }

/** A clock that counts while a free take is played. */
export type FreeClock = {
  /** In quarter notes. */
  readonly bpm: Bpm
  /** When one of its beats is; null where only its tempo is known. */
  readonly beat: Seconds | null
}

/** A free take, heard as a loop of whole measures. */
export type FreeLoop = {
  readonly metre: Metre
  readonly measures: number
  /** In quarter notes, the mean of the loop. */
  readonly bpm: Bpm
  /** Beat one of the first measure; notes before it are a pickup. */
  readonly start: Seconds
  /** Where the loop begins again: as near to the second press as a foot is. */
  readonly end: Seconds
  /** Which beat was played when, with all its drift: beat 0 is at the start. */
  readonly timeline: Timeline
}
