import type { InputRow } from './input-row.ts'
import { fastestHeap, type Heap, type HeapFactory } from './kernel/index.ts'
import type { Network } from './network.ts'
import { compile, type Program } from './program.ts'

/** A network's state after what it was fed, as {@link Engine.mark} took it: a copy, which nothing changes. */
export type Mark = Float32Array

/**
 * A network that runs a step at a time. Nothing is allocated while it runs.
 *
 * @example
 * engine.start()
 * for (const row of primer) engine.feed(row)
 * engine.logits // the scores of what comes next
 */
export type Engine = {
  /** The length of an input row. */
  readonly inputs: number
  /** How many classes it scores. */
  readonly classes: number
  /** The scores after the last row, as natural log odds; the next `feed` overwrites them. */
  readonly logits: Float32Array
  /** Forgets everything. */
  start(): void
  /**
   * Goes on by one step.
   *
   * @throws RangeError when the row is of another length.
   */
  feed(row: InputRow): void
  /**
   * Computes what of the next step is known ahead, so that `feed` takes less time. It changes no result.
   *
   * @param row the first entries of the next row, where they are known; it is to be completed and fed next.
   */
  prepare(row?: InputRow): void
  /** A copy of its state now. */
  mark(): Mark
  /** Goes back to a state, as often as you like; the logits follow with the next `feed`. */
  rewind(mark: Mark): void
  /** Another engine with the same weights and state, which goes its own way. */
  clone(): Engine
}

/**
 * Loads a network. LSTM and attention are TensorFlow's: gates i, j, f, o with a forget bias of 1, an attention
 * query with its bias, an attention window that starts as zeros.
 *
 * @param heapOf where it runs: the fastest way there is, unless you want another.
 */
export function createEngine(network: Network, heapOf: HeapFactory = fastestHeap): Engine {
  const program = compile(network)
  const heap = heapOf(program.bytes)
  const floats = new Float32Array(heap.buffer)
  for (const write of program.constants) write(floats)
  return engineOn(heap, network, program, heapOf)
}

function engineOn({ buffer, kernel }: Heap, network: Network, program: Program, heapOf: HeapFactory): Engine {
  const { inputs, classes } = network
  const floats = new Float32Array(buffer)
  const integers = new Uint32Array(buffer)
  const memory = floats.subarray(0, program.memoryEnd >> 2)
  const logits = floats.subarray(program.logits >> 2, (program.logits >> 2) + classes)
  const entries = program.entries >> 2
  let isPrepared = false
  /** How many of the next row's entries have been taken. */
  let taken = 0
  /** Runs instructions on the entries of a row that have not been taken yet. */
  const take = (instructions: Program['instructions'], { count, indices, values }: InputRow) => {
    for (let index = taken; index < count; index++) {
      const at = entries + 2 * (index - taken)
      integers[at] = indices[index] as number
      floats[at + 1] = values[index] as number
    }
    for (const instruct of instructions) instruct(kernel, count - taken, floats)
    taken = count
  }
  const prepare = (row?: InputRow) => {
    if (!isPrepared) for (const instruct of program.ahead) instruct(kernel, 0, floats)
    isPrepared = true
    if (row && program.known.length > 0) take(program.known, row)
  }
  const forget = () => {
    isPrepared = false
    taken = 0
  }
  return {
    inputs,
    classes,
    logits,
    start() {
      memory.fill(0)
      forget()
    },
    feed(row) {
      if (row.length !== inputs) throw new RangeError(`This network takes rows of ${inputs}, not of ${row.length}.`)
      prepare()
      take(program.instructions, row)
      forget()
    },
    prepare,
    mark: () => memory.slice(),
    rewind(mark) {
      memory.set(mark)
      forget()
    },
    clone() {
      const heap = heapOf(program.bytes)
      new Float32Array(heap.buffer).set(floats)
      return engineOn(heap, network, program, heapOf)
    },
  }
}
