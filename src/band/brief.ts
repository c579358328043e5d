import type { Beats, Note } from '../music/index.ts'
import type { Bpm } from '../timing/index.ts'
import type { FormMeasure } from './form.ts'
import type { BandStyle } from './style.ts'

/** What a part is asked: a measure, and what it has to know of it. */
export type Brief = {
  readonly now: FormMeasure
  /** The measure after it; null where the music ends. */
  readonly next: FormMeasure | null
  /** How many measures of the music are before it. */
  readonly measure: number
  /** How many measures of its section are before it, and how many come after it. */
  readonly inSection: { readonly before: number; readonly after: number }
  readonly style: BandStyle
  readonly bpm: Bpm
  /** How much is going on, from 0 to 1. */
  readonly intensity: number
  readonly seed: number
  /** Where the bass drum is struck, on the straight grid; null where nobody knows. */
  readonly kicks?: readonly Beats[] | null
  readonly end?: Ending
  /** Only what comes from this beat of the measure on is to be played: a chord begins there that nobody knew of. */
  readonly from?: Beats
  /** The next measure begins with that chord: nothing runs ahead of it. */
  readonly isBeforeEnd?: boolean
  /** Only beat one is struck. */
  readonly isStopTime?: boolean
  /** What the bass plays in this measure: chords keep above it. */
  readonly bass?: readonly Note[]
  /** The performer's line is busy, or low: chords make room for it. */
  readonly isCrowded?: boolean
  /** What the performer plays in this measure, as far as it is known. */
  readonly lead?: readonly Note[]
}

/** Where in a measure the last chord of the music is struck, and how long it is held; null before that measure. */
export type Ending = { readonly beat: Beats; readonly beats: Beats } | 'over' | null

/** A measure that a part has played. */
export type PlayedMeasure = { readonly now: FormMeasure; readonly notes: readonly Note[] }
