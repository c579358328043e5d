import { pitchClass } from '../../music/index.ts'
import { addWhere, type LogitBias, lessBy } from './logit-bias.ts'

/** What {@link harmony} goes by. */
export type HarmonyOptions = {
  /** From 0, as the model says, to 1, only tones of the chord and its scale. */
  readonly harmony: number
}

/** Counts for more than {@link contour} where both are at 1, and for less than {@link range}. */
const never = -1e4

/** Takes a share of the odds of what is foreign to the chord's scale; without a chord it does nothing. */
export const harmony: LogitBias<HarmonyOptions> = (bias, { last, press: { chord } }, { harmony }) => {
  if (chord) addWhere(bias, lessBy(harmony, never), (interval) => !chord.scale.includes(pitchClass(last + interval)))
}
