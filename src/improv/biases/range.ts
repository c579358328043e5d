import type { PitchRange } from '../../models/index.ts'
import { addWhere, type LogitBias } from './logit-bias.ts'

/** What {@link range} goes by. */
export type RangeOptions = {
  /** The lowest and the highest pitch that may sound: an octave of them at least. */
  readonly range: PitchRange
}

/** Counts for more than all other biases together. */
const never = -1e5

/** Keeps to a range of pitches, at any temperature. */
export const range: LogitBias<RangeOptions> = (bias, { last }, { range: [lowest, highest] }) =>
  addWhere(bias, never, (interval) => last + interval < lowest || last + interval > highest)
