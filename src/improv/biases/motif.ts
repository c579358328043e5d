import { addToEach, type LogitBias } from './logit-bias.ts'

/** What {@link motif} goes by. */
export type MotifOptions = {
  /** The interval that a motif would take now, in semitones, and how strongly it draws; null where none is followed. */
  readonly motif: { readonly interval: number; readonly strength: number } | null
}

/** How much further away an interval counts that goes the other way, in semitones. */
const otherWay = 2

/** Draws the line towards the interval of a motif: the nearer, the likelier, so that it is bent to the harmony. */
export const motif: LogitBias<MotifOptions> = (bias, _, { motif }) => {
  if (!motif) return
  const { interval, strength } = motif
  addToEach(bias, (each) => {
    const turned = Math.sign(each) !== Math.sign(interval) ? otherWay : 0
    return -strength * (Math.abs(each - interval) + turned)
  })
}
