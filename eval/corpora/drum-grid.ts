import type { Beats } from '../../src/music/index.ts'
import { mean } from '../mean.ts'

/** How a drummer divides the beat, as the training finds it (`tradefours_training/corpora/subdivision.py`). */
export type DrumGrid = {
  /** 4, or 6 for triplets and their halves. */
  readonly steps: 4 | 6
  /** Where the last triplet sounds; 1/2 on straight steps. */
  readonly swing: number
}

const swings = Array.from({ length: 9 }, (_, index) => Math.round(56 + 2 * index) / 100)

/** Beats with the place `swing` of each beat moved to its last triplet, in straight lines on both sides. */
export function onTriplets(beats: readonly Beats[], swing: number): Beats[] {
  return beats.map((beat) => {
    const whole = Math.floor(beat)
    const place = beat - whole
    return whole + (place < swing ? (place * 2) / (3 * swing) : 2 / 3 + (place - swing) / (3 * (1 - swing)))
  })
}

/** How far a time in steps is from the nearest step; exactly between two, ties go to the even one, as NumPy's do. */
export function offGrid(steps: number): number {
  const below = Math.floor(steps)
  const past = steps - below
  const isUp = past > 0.5 || (past === 0.5 && below % 2 !== 0)
  return isUp ? past - 1 : past
}

/** The grid that strokes fit: triplets if they are nearer to thirds of the beat than to quarters, each in its own steps. */
export function drumGrid(beats: readonly Beats[]): DrumGrid {
  const distance = (places: readonly Beats[], steps: number) =>
    mean(places.map((place) => Math.abs(offGrid(place * steps))))
  if (distance(beats, 3) >= distance(beats, 4)) return { steps: 4, swing: 1 / 2 }
  const fits = swings.map((swing) => ({ swing, distance: distance(onTriplets(beats, swing), 3) }))
  return { steps: 6, swing: fits.reduce((best, each) => (each.distance < best.distance ? each : best)).swing }
}
