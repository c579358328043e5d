/** An address in bytes, of a float32 in a {@link Heap}. */
export type Address = number

/** How many columns a panel of weights has; it is stored row by row. */
export const panelColumns = 8

/** How many columns are computed at a time: four panels'. */
export const blockColumns = 4 * panelColumns

/**
 * The arithmetic of a network, on vectors and weights that lie in one heap.
 *
 * Weights are panels of {@link panelColumns} columns, each panel row by row. Vectors are padded: those that
 * `gather` and `dense` write to whole blocks, those of `gates` and `attend` to a multiple of four.
 */
export type Kernel = {
  /** `y = bias + x · weights` for a sparse x: `count` entries of a row number (uint32) and a value (float32). */
  gather(
    weights: Address,
    bias: Address,
    y: Address,
    blocks: number,
    entries: Address,
    count: number,
    rows: number,
  ): void
  /** `y = bias + x · weights`; y may be the bias, to add to what is there. */
  dense(weights: Address, bias: Address, y: Address, blocks: number, x: Address, rows: number): void
  /** An LSTM's new cell and output from its gates i, j, f, o (of `size` each); the forget gate opens by 1. */
  gates(z: Address, c: Address, h: Address, size: number): void
  /**
   * Additive attention: `y` is the mean of the window's rows, each weighted by the softmax of
   * `v · tanh(features of the row + query)`. `shares` is room for `length` numbers.
   */
  attend(
    query: Address,
    features: Address,
    v: Address,
    window: Address,
    shares: Address,
    y: Address,
    length: number,
    size: number,
  ): void
}
