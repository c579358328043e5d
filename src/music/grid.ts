import type { Metre } from './metre.ts'
import { measureBeats } from './metre.ts'
import type { Beats } from './note.ts'

/** A count of sixteenths, from 0 at the start of the music. */
export type Steps = number

/** Four steps a beat: grooves and models live on sixteenths. */
export const stepsPerBeat = 4

/** Where a step is. */
export function stepBeat(step: Steps): Beats {
  return step / stepsPerBeat
}

/** The step nearest to a beat; exactly between two, the later one. */
export function nearestStep(beat: Beats): Steps {
  return Math.floor(beat * stepsPerBeat + 0.5)
}

/**
 * The steps in a measure.
 *
 * @example stepsPerMeasure(parseMetre('7/8')) // => 14
 */
export function stepsPerMeasure(metre: Metre): Steps {
  return measureBeats(metre) * stepsPerBeat
}
