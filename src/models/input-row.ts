/** A network's input at one step: mostly zeros, so only the others are kept. Made once and used again. */
export class InputRow {
  /** The row's length, zeros and all. */
  readonly length: number
  /** The places of what was added, in the order of adding. */
  readonly indices: Uint32Array
  /** What was added at each of those places. Where one comes twice, the sum counts. */
  readonly values: Float32Array
  /** How many entries of `indices` and `values` count. */
  count = 0

  constructor(length: number) {
    this.length = length
    this.indices = new Uint32Array(length)
    this.values = new Float32Array(length)
  }

  /** Makes it all zeros again. */
  clear(): this {
    this.count = 0
    return this
  }

  /**
   * Adds a value at a place.
   *
   * @throws RangeError outside of the row, or when there are more entries than places.
   */
  add(index: number, value = 1): this {
    if (!(index >= 0 && index < this.length) || this.count === this.length) {
      throw new RangeError(`There is no place ${index} in an input row of ${this.length}.`)
    }
    this.indices[this.count] = index
    this.values[this.count++] = value
    return this
  }
}
