/** The last values of something that is measured all the time. */
export type Gauge = {
  add(value: number): void
  /** How many there have been. */
  readonly count: number
  /** The value that a share of the last ones does not pass; 0 before the first. */
  quantile(share: number): number
}

const remembered = 2048

/** What a gauge takes of memory: first how many values there have been, then the last of them. */
const gaugeBytes = (1 + remembered) * Float64Array.BYTES_PER_ELEMENT

/**
 * A gauge that remembers the last 2,048 values, and allocates nothing while it is fed.
 *
 * @param memory is its own unless it is handed in: a gauge in shared memory is fed in one thread and read in another.
 */
export function createGauge(memory: ArrayBufferLike = new ArrayBuffer(gaugeBytes)): Gauge {
  const counter = new Float64Array(memory, 0, 1)
  const values = new Float64Array(memory, Float64Array.BYTES_PER_ELEMENT, remembered)
  const count = () => counter[0] as number
  return {
    add(value) {
      values[count() % remembered] = value
      counter[0] = count() + 1
    },
    get count() {
      return count()
    },
    quantile(share) {
      const known = values.slice(0, Math.min(count(), remembered)).sort()
      return known[Math.min(known.length - 1, Math.floor(share * known.length))] ?? 0
    },
  }
}

/** Memory for a gauge that two threads share. */
export function sharedGaugeMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(gaugeBytes)
}
