import { type Metre, type Steps, stepsPerMeasure } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'

const measureSteps = 32
const pulseSteps = 6

/** The places that a measure place takes in a row. */
export const placeInputs = 2 * measureSteps + pulseSteps

/**
 * Adds where a step stands in its measure, as our own models read it (`training/ENCODINGS.md`): the steps since the
 * measure began, those to its last, and those since the last pulse, one-hot each.
 *
 * @param step counted from the start of a measure, of any length.
 */
export function addMeasurePlace(row: InputRow, offset: number, metre: Metre, step: Steps): void {
  const steps = stepsPerMeasure(metre)
  const place = step % steps
  const pulse = metre.denominator === 8 && metre.numerator % 3 === 0 ? 6 : 4
  // A last group too short for a pulse joins the one before it.
  const lastPulse = Math.max(0, Math.floor(steps / pulse) - 1)
  const sincePulse = place - pulse * Math.min(lastPulse, Math.floor(place / pulse))
  row
    .add(offset + Math.min(place, measureSteps - 1))
    .add(offset + measureSteps + Math.min(steps - 1 - place, measureSteps - 1))
    .add(offset + 2 * measureSteps + Math.min(sincePulse, pulseSteps - 1))
}
