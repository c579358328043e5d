import type { Metre } from './metre.ts'
import { measureBeats } from './metre.ts'
import type { Beats } from './note.ts'

/** A count of grid steps, from 0 at the start of the music. */
export type Steps = number

/** An even division of the beat. Grooves and models live on sixteenths; triplets are there to quantise to. */
export type Grid = { readonly stepsPerBeat: number }

/** Four steps a beat. */
export const sixteenths: Grid = { stepsPerBeat: 4 }

/** Three steps a beat. */
export const eighthTriplets: Grid = { stepsPerBeat: 3 }

/** Six steps a beat. */
export const sixteenthTriplets: Grid = { stepsPerBeat: 6 }

/** Where a step is. */
export function stepBeat(step: Steps, { stepsPerBeat }: Grid = sixteenths): Beats {
  return step / stepsPerBeat
}

/** The step nearest to a beat; exactly between two, the later one. */
export function nearestStep(beat: Beats, { stepsPerBeat }: Grid = sixteenths): Steps {
  return Math.floor(beat * stepsPerBeat + 0.5)
}

/**
 * The steps in a measure.
 *
 * @example stepsPerMeasure(parseMetre('7/8')) // => 14
 */
export function stepsPerMeasure(metre: Metre, { stepsPerBeat }: Grid = sixteenths): Steps {
  return measureBeats(metre) * stepsPerBeat
}
