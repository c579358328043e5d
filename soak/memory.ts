import type { Seconds } from '../src/timing/index.ts'

/** The heap over an evening, weighed after everything that nobody holds has been thrown away. */
export type HeapWatch = {
  weigh(at: Seconds): void
  readonly weighings: readonly { readonly at: Seconds; readonly bytes: number }[]
  /** Bytes an hour by which it grows, after the first quarter; null of less than a few weighings, or where nothing collects. */
  readonly slope: number | null
}

/** So many weighings make a slope. */
const enough = 12

/** Watches this process's heap; with `--expose-gc` after a collection, else not at all. */
export function createHeapWatch(): HeapWatch {
  const weighings: { at: Seconds; bytes: number }[] = []
  return {
    weigh(at) {
      if (!globalThis.gc) return
      globalThis.gc()
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      weighings.push({ at, bytes: heapUsed + arrayBuffers })
    },
    weighings,
    get slope() {
      const warm = weighings.slice(Math.ceil(weighings.length / 4))
      return weighings.length < enough ? null : 3600 * slopeOf(warm.map(({ at, bytes }) => [at, bytes] as const))
    },
  }
}

/** The slope of the straight line that is nearest to points. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
  const [over, under] = points.reduce(
    ([over, under], [x, y]) => [over + (x - meanX) * (y - meanY), under + (x - meanX) ** 2],
    [0, 0] as [number, number],
  )
  return under > 0 ? over / under : 0
}
