import { type Seconds, type TempoChange, type Timeline, timeline } from '../../timing/index.ts'
import { type Grid, gathered, type Onset, ratesOf } from './onset-grid.ts'

/** In how much music at once a pulse is heard, and how often again; in very long files less often. */
const windowLength: Seconds = 10
const hop: Seconds = 2.5
const mostWindows = 400

/** How many onsets are enough for a window. */
const mostOnsets = 300

/** In how many windows the pulse's rate is found; it is followed in all. */
const fewWindows = 12

/** The least share of a window's onsets that is on the pulse; where it is less, the pulse goes on as before. */
const heardWell = 0.4

/** How much faster or slower the pulse may get from window to window, and in all. */
const drift = 0.015
const allDrift = 0.08

/** In a window with fewer onsets nothing is heard. */
const fewOnsets = 8

/**
 * Follows a pulse that slows down and speeds up a little, as where players have no click.
 *
 * @returns a timeline on whose beats, each about a second long, the pulse is steady, and its steps a beat; null where there
 * is none.
 */
export function followPulse(onsets: readonly Onset[]): { readonly steady: Timeline; readonly rate: number } | null {
  const windows = windowsOf(onsets)
  const rate = usualRate(windows)
  if (rate === null) return null
  const near = (around: number, by: number, { onsets }: Window) => {
    const rates = ratesOf(around * (1 - by), around * (1 + by), 1 / (8 * windowLength))
    return rates.map((each) => gathered(onsets, each, true)).reduce((a, b) => (b.share > a.share ? b : a))
  }
  const first = windows
    .map((window, index) => ({ index, grid: near(rate, allDrift, window) }))
    .reduce((a, b) => (b.grid.share > a.grid.share ? b : a))
  const follow = (those: readonly Window[]) => {
    let before = first.grid.rate
    return those.flatMap((window) => {
      const grid = near(before, drift, window)
      if (grid.share < heardWell || Math.abs(grid.rate / rate - 1) > allDrift) return []
      before = grid.rate
      return [{ window, grid }]
    })
  }
  const heard = [...follow(windows.slice(0, first.index).reverse()).reverse(), ...follow(windows.slice(first.index))]
  return { steady: steadyLine(heard, rate), rate }
}

/** The onsets around a moment. */
type Window = { readonly at: Seconds; readonly onsets: readonly Onset[] }

function windowsOf(onsets: readonly Onset[]): Window[] {
  const windows: Window[] = []
  let [from, to] = [0, 0]
  const start = onsets[0]?.at ?? 0
  const end = onsets.at(-1)?.at ?? 0
  const apart = Math.max(hop, (end - start) / mostWindows)
  for (let at = start + windowLength / 2; at < end; at += apart) {
    while ((onsets[from]?.at ?? end) < at - windowLength / 2) from++
    while (to < onsets.length && (onsets[to]?.at ?? end) < at + windowLength / 2) to++
    if (to - from >= fewOnsets) windows.push({ at, onsets: onsets.slice(from, Math.min(to, from + mostOnsets)) })
  }
  return windows
}

/** The coarsest rate on which most windows have a pulse nearby. */
function usualRate(windows: readonly Window[]): number | null {
  const some = windows.filter((_, index) => index % Math.ceil(windows.length / fewWindows) === 0)
  if (some.length < 2) return null
  const rates = ratesOf(2.5, 16, 1 / (4 * windowLength))
  const shares = some.map(({ onsets }) => rates.map((rate) => gathered(onsets, rate, true).share))
  const sums = rates.map((rate, index) => {
    const reach = Math.round((allDrift / 2) * rate * 4 * windowLength)
    const best = (of: readonly number[]) => Math.max(...of.slice(Math.max(0, index - reach), index + reach + 1))
    return shares.reduce((sum, each) => sum + best(each), 0) / some.length
  })
  const most = Math.max(...sums)
  const found = sums.findIndex((sum) => sum > 0.85 * most)
  // Rates around the best one are as good, as each window's best is looked for around each: this is the fastest of them.
  let last = found
  while (last + 1 < sums.length && (sums[last + 1] as number) >= (sums[last] as number)) last++
  return most < heardWell ? null : (rates[last] as number)
}

/** A timeline through a step near the middle of each window, which counts the steps between them. */
function steadyLine(heard: readonly { readonly window: Window; readonly grid: Grid }[], rate: number): Timeline {
  const points: { beat: number; seconds: Seconds }[] = []
  let before: { seconds: Seconds; step: number; rate: number } | null = null
  for (const { window, grid } of heard) {
    const seconds = grid.at + Math.round((window.at - grid.at) * grid.rate) / grid.rate
    const steps: number = before ? Math.round(((seconds - before.seconds) * (before.rate + grid.rate)) / 2) : 0
    const step: number = (before?.step ?? Math.round(seconds * rate)) + steps
    before = { seconds, step, rate: grid.rate }
    points.push({ beat: step / rate, seconds })
  }
  const changes = points.slice(1).flatMap(({ beat, seconds }, index): TempoChange[] => {
    const from = points[index] as { beat: number; seconds: Seconds }
    return beat > from.beat ? [{ ...from, bpm: (60 * (beat - from.beat)) / (seconds - from.seconds) }] : []
  })
  const [first, ...rest] = changes
  return first ? [first, ...rest] : timeline(60)
}
