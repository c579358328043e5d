/** The last values of something that is measured all the time. */
export type Gauge = {
  add(value: number): void
  /** How many there have been. */
  readonly count: number
  /** The value that a share of the last ones does not pass; 0 before the first. */
  quantile(share: number): number
}

const remembered = 2048

/** A gauge that remembers the last 2,048 values, and allocates nothing while it is fed. */
export function createGauge(): Gauge {
  const values = new Float64Array(remembered)
  let count = 0
  return {
    add(value) {
      values[count++ % remembered] = value
    },
    get count() {
      return count
    },
    quantile(share) {
      const known = values.slice(0, Math.min(count, remembered)).sort()
      return known[Math.min(known.length - 1, Math.floor(share * known.length))] ?? 0
    },
  }
}
