/**
 * `models/`: recurrent networks that play: checkpoints as they come, the encodings between music and numbers, the
 * engine that runs them a step at a time, sampling, and the same behind a worker.
 *
 * Files, addresses and threads are handed in; nothing here waits for anything but the arithmetic.
 */
export * from './checkpoint.ts'
export * from './continue.ts'
export * from './encodings/index.ts'
export * from './engine.ts'
export * from './formats/index.ts'
export * from './input-row.ts'
export { fastestHeap, type HeapFactory, scalarHeap, wasmHeap } from './kernel/index.ts'
export * from './model.ts'
export { type Attention, type Linear, type LstmLayer, type Network, networkOf } from './network.ts'
export * from './random.ts'
export * from './sampling.ts'
export * from './worker/index.ts'
