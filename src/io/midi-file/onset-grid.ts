import type { Seconds } from '../../timing/index.ts'

/** A note where it sounds, and how much it says of where beats are. */
export type Onset = { readonly at: Seconds; readonly weight: number }

/** A grid in seconds: steps a second, how much the onsets gather on it (from 0 to 1), and when a step is. */
export type Grid = { readonly rate: number; readonly share: number; readonly at: Seconds }

/** How much onsets gather on a grid of some steps a second, and where (circular mean). */
export function gathered(onsets: readonly Onset[], rate: number, weighted = false): Grid {
  let [along, across, sum] = [0, 0, 0]
  for (const { at, weight } of onsets) {
    const much = weighted ? weight : 1
    along += much * Math.cos(2 * Math.PI * rate * at)
    across += much * Math.sin(2 * Math.PI * rate * at)
    sum += much
  }
  return { rate, share: Math.hypot(along, across) / sum, at: Math.atan2(across, along) / (2 * Math.PI * rate) }
}

/** Rates from one to another. */
export function ratesOf(from: number, to: number, apart: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil((to - from) / apart)) }, (_, index) => from + index * apart)
}
