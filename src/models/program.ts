import { type Address, blockColumns, type Kernel, panelColumns } from './kernel/index.ts'
import type { Attention, Linear, LstmLayer, Network } from './network.ts'

/** One call of the kernel; `count` is how many entries the input row has. */
type Instruction = (kernel: Kernel, count: number, floats: Float32Array) => void

/** A vector that a linear layer takes: an address, or null for the sparse input row. */
type Part = { readonly at: Address | null; readonly size: number }

/** Numbers that lie in the heap from the start: written by their columns or as they are, with no copy in between. */
type Constant = (floats: Float32Array) => void

/** A network as its engine runs it: where everything lies in the heap, and the calls that make a step. */
export type Program = {
  readonly bytes: number
  /** Puts weights and biases into the heap, each once. */
  readonly constants: readonly Constant[]
  /** What of a step does not depend on its input row. */
  readonly ahead: readonly Instruction[]
  /** What the first entries of its input row add, where they are known before the others. */
  readonly known: readonly Instruction[]
  /** The rest of it. */
  readonly instructions: readonly Instruction[]
  /** Where the memory that lasts between steps ends; it begins at 0. */
  readonly memoryEnd: Address
  /** Room for the input row's entries. */
  readonly entries: Address
  readonly logits: Address
}

/** Lays out a network's heap and writes down, once, the calls that make a step. */
export function compile({ inputs, layers, attention, head }: Network): Program {
  const to = new Assembler(inputs)
  const cells = layers.map(({ units }) => ({ units, c: to.room(units), h: to.room(units) }))
  const past = attention && {
    attended: to.room(attention.size),
    window: to.room(attention.length * rowOf(attention)),
    features: to.room(attention.length * rowOf(attention)),
  }
  const memoryEnd = to.bytes
  const entries = to.useEntries()

  let output: Part = { at: null, size: inputs }
  if (attention && past) {
    const mixed = to.room(inputs)
    to.linear(attention.input, [output, { at: past.attended, size: attention.size }], mixed)
    output = { at: mixed, size: inputs }
  }
  for (const [index, layer] of layers.entries()) {
    const cell = cells[index] as (typeof cells)[number]
    to.lstm(layer, output, cell)
    output = { at: cell.h, size: layer.units }
    const wrapped = attention?.around === 'first' ? 1 : layers.length
    if (attention && past && index === wrapped - 1) {
      const states = cells.slice(0, wrapped).flatMap(({ units, c, h }) => [c, h].map((at) => ({ at, size: units })))
      output = to.attend(attention, past, states, output)
    }
  }
  const logits = to.room(head.columns)
  to.linear(head, [output], logits)
  const { bytes, constants, ahead, known, instructions } = to
  return { bytes, constants, ahead, known, instructions, memoryEnd, entries, logits }
}

class Assembler {
  bytes = 0
  readonly constants: Constant[] = []
  readonly ahead: Instruction[] = []
  readonly known: Instruction[] = []
  readonly instructions: Instruction[] = []
  readonly #inputs: number
  #entries: Address = 0

  constructor(inputs: number) {
    this.#inputs = inputs
  }

  /** Room for a vector, padded to whole blocks. */
  room(floats: number): Address {
    const at = this.bytes
    this.bytes += roundUp(floats, blockColumns) * 4
    return at
  }

  useEntries(): Address {
    this.#entries = this.room(2 * this.#inputs)
    return this.#entries
  }

  /** `y = bias + parts · weights`. */
  linear(layer: Linear, parts: readonly Part[], y: Address): void {
    const columns = paddedColumns(layer.columns, 1)
    let base = this.#bias(layer, columns)
    let from = 0
    for (const part of parts) {
      this.instructions.push(this.#product(layer, columns, from, part)(base, y))
      from += part.size
      base = y
    }
  }

  /** What its own past adds to its gates is known before its input is. */
  lstm(layer: LstmLayer, input: Part, { c, h, units }: { c: Address; h: Address; units: number }): void {
    const size = roundUp(units, gateColumns)
    const columns = paddedColumns(layer.columns, 4)
    const [past, z] = [this.room(4 * size), this.room(4 * size)]
    const bias = this.#bias(layer, columns)
    this.ahead.push(this.#product(layer, columns, input.size, { at: h, size: units })(bias, past))
    const product = this.#product(layer, columns, 0, input)
    if (input.at === null) this.known.push(product(past, past))
    this.instructions.push(product(past, z))
    this.instructions.push((kernel) => kernel.gates(z, c, h, size))
  }

  #bias(layer: Linear, columns: Int32Array): Address {
    return this.#constant(Float32Array.from(columns, (column) => layer.bias[column] ?? 0))
  }

  /** `y = base + part · weights`, with the weights' rows from one on. */
  #product(
    layer: Linear,
    columns: Int32Array,
    from: number,
    { at, size }: Part,
  ): (base: Address, y: Address) => Instruction {
    const blocks = columns.length / blockColumns
    const [weights, entries] = [this.room(size * columns.length), this.#entries]
    this.constants.push((floats) => writePanels(layer, columns, from, size, floats, weights >> 2))
    return (base, y) =>
      at === null
        ? (kernel, count) => kernel.gather(weights, base, y, blocks, entries, count, size)
        : (kernel) => kernel.dense(weights, base, y, blocks, at, size)
  }

  /** Attends to the past, joins what it finds with the output, and keeps that as the newest of the past. */
  attend(
    attention: Attention,
    { attended, window, features }: { attended: Address; window: Address; features: Address },
    states: readonly Part[],
    output: Part,
  ): Part {
    const { length, size } = attention
    const row = rowOf(attention)
    const [query, shares, joined, feature] = [size, length, size, size].map((floats) => this.room(floats)) as [
      Address,
      Address,
      Address,
      Address,
    ]
    const v = this.#constant(attention.v)
    this.linear(attention.query, states, query)
    this.instructions.push((kernel) => kernel.attend(query, features, v, window, shares, attended, length, row))
    this.linear(attention.output, [output, { at: attended, size }], joined)
    const square = { rows: size, columns: size, weights: attention.features, bias: new Float32Array(size) }
    this.linear(square, [{ at: joined, size }], feature)
    this.#remember(window, joined, length, row)
    this.#remember(features, feature, length, row)
    return { at: joined, size }
  }

  /** Drops the oldest of `length` rows and puts a vector behind the newest. */
  #remember(rows: Address, newest: Address, length: number, row: number): void {
    const [start, from] = [rows >> 2, newest >> 2]
    const last = start + (length - 1) * row
    this.instructions.push((_kernel, _count, floats) => {
      floats.copyWithin(start, start + row, last + row)
      floats.copyWithin(last, from, from + row)
    })
  }

  #constant(values: Float32Array): Address {
    const at = this.room(values.length)
    this.constants.push((floats) => floats.set(values, at >> 2))
    return at
  }
}

/** Each gate is padded to this, so that four of them fill whole blocks. */
const gateColumns = blockColumns / 4

/** Which column of a matrix stands in each padded column; -1 for none. */
function paddedColumns(columns: number, groups: number): Int32Array {
  const group = columns / groups
  const padded = roundUp(group, groups === 1 ? blockColumns : gateColumns)
  return Int32Array.from({ length: groups * padded }, (_, index) => {
    const within = index % padded
    return within < group ? Math.floor(index / padded) * group + within : -1
  })
}

/**
 * Writes some rows of a matrix in panels of columns, each panel row by row: the order in which the kernel reads them. Panels
 * of columns that lie side by side, which are nearly all, are read in one go.
 */
function writePanels(
  { columns: width, weights }: Linear,
  columns: Int32Array,
  from: number,
  rows: number,
  floats: Float32Array,
  at: number,
): void {
  for (let panel = 0; panel < columns.length; panel += panelColumns) {
    const first = columns[panel] as number
    if (first < 0) {
      at += rows * panelColumns
      continue
    }
    const last = columns.subarray(panel, panel + panelColumns).findLastIndex((column) => column >= 0)
    let read = from * width + first
    for (let row = 0; row < rows; row++, read += width, at += panelColumns) {
      for (let index = 0; index <= last; index++) floats[at + index] = weights[read + index] as number
    }
  }
}

/** The floats of a row of the past. */
function rowOf({ size }: Attention): number {
  return roundUp(size, 4)
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple
}
