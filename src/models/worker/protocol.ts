import type { Checkpoint } from '../checkpoint.ts'
import type { EncodingName } from '../encodings/index.ts'

/** A message from a client to its worker. */
export type ToWorker =
  | { readonly type: 'load'; readonly model: string; readonly checkpoint: Checkpoint; readonly encoding?: EncodingName }
  | { readonly type: 'ask'; readonly id: number; readonly job: string; readonly request: unknown }
  | { readonly type: 'cancel'; readonly id: number }

/** A message from a worker to its client. */
export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly of: number }
  | { readonly type: 'done'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
