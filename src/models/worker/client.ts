import type { Checkpoint } from '../checkpoint.ts'
import type { Continuation, ContinuationRequest } from '../continue.ts'
import type { EncodingName } from '../encodings/index.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** A client's side of the channel to its worker. */
export type WorkerHandle = {
  post(message: ToWorker): void
  /** Ends the worker at once. */
  end(): void
}

/** What a worker reports to whoever started it. */
export type WorkerListener = {
  onMessage(message: FromWorker): void
  /** The worker is gone, whatever the reason, and not because `end` was called. */
  onCrash(reason: string): void
}

/** Starts a worker that serves models. */
export type SpawnWorker = (listener: WorkerListener) => WorkerHandle

/** What became of a request. It is always one of these: nothing is thrown, and none waits for ever. */
export type Outcome =
  | { readonly type: 'done'; readonly continuation: Continuation }
  | { readonly type: 'cancelled' }
  /** A newer request took its place. */
  | { readonly type: 'superseded' }
  /** The request can't be answered; the message says why. */
  | { readonly type: 'failed'; readonly message: string }
  /** The worker died of it, and is replaced. */
  | { readonly type: 'crashed'; readonly message: string }

/** A request that is under way. */
export type PendingContinuation = {
  readonly outcome: Promise<Outcome>
  /** Gives the request up; its outcome is then `cancelled`, unless it was settled before. */
  cancel(): void
}

/** Models behind a worker. */
export type ModelWorker = {
  /** Sends a model over; requests may follow at once. */
  load(model: string, checkpoint: Checkpoint, encoding?: EncodingName): void
  /** Asks for a continuation. The newest request wins: one still under way is superseded. */
  continue(
    model: string,
    request: ContinuationRequest,
    onProgress?: (done: number, of: number) => void,
  ): PendingContinuation
  /** How often a crashed worker has been replaced. */
  readonly restarts: number
  /** Ends the worker; what is under way is cancelled. */
  end(): void
}

/**
 * Puts models behind a worker, which is replaced, with all its models, when it dies: at once, or, if it died
 * before it ever answered, when it is needed next, so that a worker that can't live is not started for ever.
 */
export function createModelWorker(spawn: SpawnWorker): ModelWorker {
  type Pending = { id: number; settle: (outcome: Outcome) => void; onProgress: (done: number, of: number) => void }
  const loaded = new Map<string, ToWorker>()
  let pending: Pending | null = null
  let lastId = 0
  let restarts = 0
  let worker: WorkerHandle | null = null
  let answered = false

  const settle = (outcome: Outcome) => {
    const { settle: tell } = pending ?? {}
    pending = null
    tell?.(outcome)
  }
  const start = (): WorkerHandle => {
    answered = false
    const started = spawn({ onMessage, onCrash })
    for (const message of loaded.values()) started.post(message)
    return started
  }
  const post = (message: ToWorker) => {
    worker ??= start()
    worker.post(message)
  }
  const onMessage = (message: FromWorker) => {
    answered = true
    if (message.id !== pending?.id) return
    if (message.type === 'progress') pending.onProgress(message.done, message.of)
    else if (message.type === 'done') settle({ type: 'done', continuation: message.continuation })
    else settle({ type: 'failed', message: message.message })
  }
  const onCrash = (reason: string) => {
    restarts++
    worker = answered ? start() : null
    settle({ type: 'crashed', message: reason })
  }
  worker = start()

  return {
    load(model, checkpoint, encoding) {
      const message: ToWorker = { type: 'load', model, checkpoint, ...(encoding && { encoding }) }
      post(message)
      loaded.set(model, message)
    },
    continue(model, request, onProgress = () => {}) {
      settle({ type: 'superseded' })
      const id = ++lastId
      const outcome = new Promise<Outcome>((resolve) => {
        pending = { id, settle: resolve, onProgress }
      })
      post({ type: 'continue', id, model, request })
      const cancel = () => {
        if (pending?.id !== id) return
        post({ type: 'cancel', id })
        settle({ type: 'cancelled' })
      }
      return { outcome, cancel }
    },
    get restarts() {
      return restarts
    },
    end() {
      settle({ type: 'cancelled' })
      worker?.end()
      worker = null
    },
  }
}
