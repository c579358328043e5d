import type { Beats, Grid } from '../music/index.ts'
import { nearestStep, sixteenths, stepBeat } from '../music/index.ts'

/**
 * Moves a beat towards its nearest grid step.
 *
 * @param strength 0 leaves it where it was played, 1 puts it on the step; between, part of the way.
 */
export function quantise(beat: Beats, strength = 1, grid: Grid = sixteenths): Beats {
  const step = stepBeat(nearestStep(beat, grid), grid)
  return strength === 1 ? step : beat + (step - beat) * strength
}
