import type { Bpm, Seconds } from './timeline.ts'

/** The moments of the taps that count, oldest first. */
export type Taps = readonly Seconds[]

/** What a series of taps says. */
export type TappedTempo = {
  readonly bpm: Bpm
  /** The last tap, smoothed by those before it: where a performer who taps the downbeat means it to be. */
  readonly downbeat: Seconds
}

/** Enough taps to be steady, few enough to follow a performer who speeds up. */
const memory = 8

/** A pause longer than this starts a new series: the slowest tempo that can be tapped is 24 beats a minute. */
const longestInterval: Seconds = 2.5

/** A tap sooner than this after the last is the same tap twice: a bouncing pad or pedal. */
const shortestInterval: Seconds = 0.1

/**
 * Adds a tap.
 *
 * A bounce is ignored; after a pause, or when time runs backwards, the series starts again.
 */
export function tap(taps: Taps, at: Seconds): Taps {
  const since = at - (taps.at(-1) ?? Number.NEGATIVE_INFINITY)
  if (since >= 0 && since < shortestInterval) return taps
  return since > 0 && since <= longestInterval ? [...taps, at].slice(-memory) : [at]
}

/**
 * The tempo of the taps, or null before the second one.
 *
 * The median over all pairs of taps (Theil–Sen), with each tap first counted on the beat it is nearest to:
 * one late, early, missing or doubled tap among several does not move it.
 */
export function tappedTempo(taps: Taps): TappedTempo | null {
  const last = taps.at(-1)
  if (last === undefined || taps.length < 2) return null
  const guess = median(taps.slice(1).map((at, index) => at - (taps[index] as Seconds)))
  const first = taps[0] as Seconds
  const beats = taps.map((at) => Math.round((at - first) / guess))
  const slopes = taps.flatMap((at, index) =>
    taps.slice(index + 1).flatMap((later, offset) => {
      const between = (beats[index + 1 + offset] as number) - (beats[index] as number)
      return between > 0 ? [(later - at) / between] : []
    }),
  )
  const period = slopes.length > 0 ? median(slopes) : guess
  const starts = taps.map((at, index) => at - (beats[index] as number) * period)
  return { bpm: 60 / period, downbeat: median(starts) + (beats.at(-1) as number) * period }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2
}
