import type { Seconds } from '../src/timing/index.ts'

/** Something that must not grow for as long as somebody plays, such as a heap, as it was weighed again and again. */
export type Growth = {
  /** @param life counts how often everything has begun anew. */
  weigh(at: Seconds, weight: number, life?: number): void
  readonly weighings: readonly Weighing[]
  /** By how much it grows an hour, where the warm-up of each life is left out; null of less than a few weighings. */
  readonly slope: number | null
}

type Weighing = { readonly at: Seconds; readonly weight: number; readonly life: number }

/** For so long V8 still compiles what comes up now and then, and keeps it: most of what grows in this time is code. */
const warmUp: Seconds = 15 * 60

/** So many weighings make a slope. */
const enough = 30

/** Begins to watch. */
export function createGrowth(): Growth {
  const weighings: Weighing[] = []
  return {
    weigh: (at, weight, life = 0) => void weighings.push({ at, weight, life }),
    weighings,
    get slope() {
      const lives = [...new Set(weighings.map(({ life }) => life))]
      const judged = lives.map((each) => {
        const all = weighings.filter(({ life }) => life === each)
        return all.filter(({ at }) => at >= (all[0]?.at ?? 0) + warmUp)
      })
      return judged.flat().length < enough ? null : 3600 * slopeOf(judged)
    },
  }
}

/** This process's heap in bytes, after everything that nobody holds has been thrown away; null without `--expose-gc`. */
export function heapBytes(): number | null {
  if (!globalThis.gc) return null
  globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** The slope that parallel straight lines have, one for each life, which are nearest to all weighings. */
function slopeOf(lives: readonly (readonly Weighing[])[]): number {
  let [over, under] = [0, 0]
  for (const life of lives) {
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const [meanAt, meanWeight] = [mean(life.map(({ at }) => at)), mean(life.map(({ weight }) => weight))]
    for (const { at, weight } of life) {
      over += (at - meanAt) * (weight - meanWeight)
      under += (at - meanAt) ** 2
    }
  }
  return under > 0 ? over / under : 0
}
