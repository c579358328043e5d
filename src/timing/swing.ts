import type { Beats } from '../music/index.ts'

/**
 * How pairs of notes swing.
 *
 * `ratio` is the share of the pair that its first note takes: 1/2 is straight, 2/3 a triplet shuffle, 3/4
 * dotted. `pair` is the length of the pair: one beat swings eighths, half a beat sixteenths.
 */
export type Swing = { readonly ratio: number; readonly pair: Beats }

/** No swing. */
export const straight: Swing = { ratio: 1 / 2, pair: 1 }

/** Where a beat of the straight grid sounds. Each pair is stretched up to its middle and squeezed after. */
export function swung(beat: Beats, swing: Swing): Beats {
  return warp(beat, swing.pair, 1 / 2, swing.ratio)
}

/** Where on the straight grid a swung beat belongs: the inverse of {@link swung}. */
export function unswung(beat: Beats, swing: Swing): Beats {
  return warp(beat, swing.pair, swing.ratio, 1 / 2)
}

/** Maps each pair on itself so that `from` of it lands on `to`, in straight lines on both sides. */
function warp(beat: Beats, pair: Beats, from: number, to: number): Beats {
  if (from === to) return beat
  const index = Math.floor(beat / pair)
  const phase = beat / pair - index
  const warped = phase < from ? (phase * to) / from : to + ((phase - from) * (1 - to)) / (1 - from)
  return (index + warped) * pair
}
