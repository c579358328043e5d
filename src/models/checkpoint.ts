/** A trained array of float32, row by row. */
export type Tensor = { readonly shape: readonly number[]; readonly data: Float32Array }

/** What a checkpoint says about itself besides its tensors; none of it is trusted over the tensors. */
export type CheckpointClaims = {
  /** A bundle's id, such as `attention_rnn`. */
  readonly id?: string
  /** The contents of a Magenta.js folder's `config.json`. */
  readonly config?: MagentaConfig
  /** How many past outputs attention looks back on, where the checkpoint says so. */
  readonly attentionLength?: number
}

/** Magenta.js's `config.json`, as far as it matters here, with our own encodings besides its own. */
export type MagentaConfig = {
  readonly type?: string
  readonly dataConverter?: { readonly type: string; readonly args?: Readonly<Record<string, unknown>> }
  readonly chordEncoder?: string
  readonly auxInputs?: readonly { readonly type: string; readonly args?: Readonly<Record<string, unknown>> }[]
  readonly attentionLength?: number
  /** What our own models say besides: the temperature they are made for. */
  readonly tradefours?: { readonly temperature?: number }
}

/** A checkpoint as it was read: every float tensor under its own name. */
export type Checkpoint = {
  readonly tensors: ReadonlyMap<string, Tensor>
  readonly claims: CheckpointClaims
}

/**
 * A checkpoint can't be used. The message is a sentence for the user that says which file, what is wrong
 * with it, and what to do.
 */
export class CheckpointError extends Error {
  override name = 'CheckpointError'
}

/** The most bytes of weights that are taken into memory: the largest official model has a tenth of it. */
export const maxCheckpointBytes = 256 * 1024 * 1024

/** Where a checkpoint's files come from: a folder or an address. */
export type CheckpointFiles = {
  /** How messages call the place, such as `models/drum_kit` or an address. */
  readonly name: string
  /**
   * The bytes of a file, or null when there is none of that name.
   *
   * @param limit longer files are cut off after this many bytes, so that the reader can refuse them.
   */
  read(file: string, limit: number): Promise<Uint8Array | null>
}
