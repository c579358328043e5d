import { type Checkpoint, CheckpointError } from './checkpoint.ts'
import { chooseEncoding, type Encoding, type EncodingName, type SequenceEncoding } from './encodings/index.ts'
import { createEngine, type Engine } from './engine.ts'
import type { HeapFactory } from './kernel/index.ts'
import { type Network, networkOf } from './network.ts'

/** A checkpoint, ready to play: what it is, how its numbers read as music, and the engine that runs it. */
export type Model = {
  readonly name: string
  readonly network: Network
  readonly encoding: Encoding
  readonly engine: Engine
  /** The sampling temperature that it is made for; 1 unless its checkpoint names another. */
  readonly temperature: number
  /** What was assumed or contradicted, a sentence each. */
  readonly notices: readonly string[]
}

/**
 * Makes a checkpoint ready to play.
 *
 * @param name how messages call it.
 * @param asked its encoding, where the checkpoint leaves that open.
 * @param heapOf where its engine runs: the fastest way there is, unless you want another.
 * @throws CheckpointError with a sentence for the user when it can't be played.
 */
export function createModel(checkpoint: Checkpoint, name: string, asked?: EncodingName, heapOf?: HeapFactory): Model {
  const network = networkOf(checkpoint, name)
  const { encoding, notices } = chooseEncoding(network, checkpoint, name, asked)
  const engine = createEngine(network, heapOf)
  const temperature = checkpoint.claims.config?.tradefours?.temperature ?? 1
  return { name, network, encoding, engine, temperature, notices: [...network.notices, ...notices] }
}

/**
 * The encoding of a model that plays sequences.
 *
 * @throws CheckpointError with a sentence for the user when it plays no sequences.
 */
export function sequenceEncoding({ name, encoding }: Model): SequenceEncoding {
  if (!('job' in encoding)) return encoding
  throw new CheckpointError(`${name} ${encoding.job}: to continue music, choose a model of melodies or of drums.`)
}
