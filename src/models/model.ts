import type { Checkpoint } from './checkpoint.ts'
import { chooseEncoding, type Encoding, type EncodingName } from './encodings/index.ts'
import { createEngine, type Engine } from './engine.ts'
import type { HeapFactory } from './kernel/kernel.ts'
import { type Network, networkOf } from './network.ts'

/** A checkpoint, ready to play: what it is, how its numbers read as music, and the engine that runs it. */
export type Model = {
  readonly name: string
  readonly network: Network
  readonly encoding: Encoding
  readonly engine: Engine
  /** What was assumed or contradicted, a sentence each. */
  readonly notices: readonly string[]
}

/**
 * Makes a checkpoint ready to play.
 *
 * @param name how messages call it.
 * @param asked its encoding, where the checkpoint leaves that open.
 * @throws CheckpointError with a sentence for the user when it can't be played.
 */
export function createModel(checkpoint: Checkpoint, name: string, asked?: EncodingName, heapOf?: HeapFactory): Model {
  const network = networkOf(checkpoint, name)
  const { encoding, notices } = chooseEncoding(network, checkpoint, name, asked)
  const engine = createEngine(network, heapOf)
  return { name, network, encoding, engine, notices: [...network.notices, ...notices] }
}
