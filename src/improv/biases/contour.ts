import { addWhere, type LogitBias, lessBy } from './logit-bias.ts'

/** What {@link contour} goes by. */
export type ContourOptions = {
  /** From 0, as the model says, to 1, only the way that the hand went. */
  readonly contour: number
  /** How far the hand went since the key before, in semitones; null where that is not known. */
  readonly hand: number | null
}

/** Counts for less than {@link harmony} where both are at 1. */
const never = -1e3

/** Takes a share of the odds of what does not go the hand's way: up, down, or the same pitch again. */
export const contour: LogitBias<ContourOptions> = (bias, _, { hand, contour }) => {
  if (hand !== null && contour > 0) {
    addWhere(bias, lessBy(contour, never), (interval) => Math.sign(interval) !== Math.sign(hand))
  }
}
