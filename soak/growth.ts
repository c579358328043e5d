import type { Seconds } from '../src/timing/index.ts'

/** Samples of something that must not grow while somebody plays, such as the size of a heap. */
export type Growth = {
  /** Adds a sample. @param run counts how often everything has started again, as a page does when it reloads. */
  add(at: Seconds, value: number, run?: number): void
  readonly samples: readonly Sample[]
  /** The growth per hour without the warm-up of each run; null while there are too few samples. */
  readonly slope: number | null
}

type Sample = { readonly at: Seconds; readonly value: number; readonly run: number }

/** In this time V8 still compiles code and stores it, which is most of what grows. */
const warmUp: Seconds = 15 * 60

/** A slope takes this many samples. */
const enough = 30

/** Starts without samples. */
export function createGrowth(): Growth {
  const samples: Sample[] = []
  return {
    add: (at, value, run = 0) => void samples.push({ at, value, run }),
    samples,
    get slope() {
      const runs = [...new Set(samples.map(({ run }) => run))]
      const warm = runs.map((each) => {
        const all = samples.filter(({ run }) => run === each)
        return all.filter(({ at }) => at >= (all[0]?.at ?? 0) + warmUp)
      })
      return warm.flat().length < enough ? null : 3600 * slopeOf(warm)
    },
  }
}

/** The size of this process's heap after a garbage collection, in bytes; null without `--expose-gc`. */
export function heapBytes(): number | null {
  if (!globalThis.gc) return null
  globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** The common slope of parallel lines, one for each run, by least squares. */
function slopeOf(runs: readonly (readonly Sample[])[]): number {
  let [over, under] = [0, 0]
  for (const run of runs) {
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const [meanAt, meanValue] = [mean(run.map(({ at }) => at)), mean(run.map(({ value }) => value))]
    for (const { at, value } of run) {
      over += (at - meanAt) * (value - meanValue)
      under += (at - meanAt) ** 2
    }
  }
  return under > 0 ? over / under : 0
}
