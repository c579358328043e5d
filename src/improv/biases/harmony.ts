import { type PitchClass, pitchClass } from '../../music/index.ts'
import { addWhere, type LogitBias, lessBy } from './logit-bias.ts'

/** What {@link harmony} goes by. */
export type HarmonyOptions = {
  /** From 0, as the model says, to 1, only tones of the chord and its scale. */
  readonly harmony: number
  /** The scale that counts where there is no chord; null for none. */
  readonly key: readonly PitchClass[] | null
}

/** Counts for more than {@link contour} where both are at 1, and for less than {@link range}. */
const never = -1e4

/** Takes a share of the odds of what is foreign to the chord's scale, or else to that of the key. */
export const harmony: LogitBias<HarmonyOptions> = (bias, { last, press: { chord } }, { harmony, key }) => {
  const scale = chord?.scale ?? key
  if (scale && harmony > 0)
    addWhere(bias, lessBy(harmony, never), (interval) => !scale.includes(pitchClass(last + interval)))
}
