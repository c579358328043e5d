import type { Checkpoint } from '../checkpoint.ts'
import type { EncodingName } from '../encodings/index.ts'
import type { JobTable, RequestOf, ResultOf } from './job.ts'
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
export type Outcome<Result> =
  | { readonly type: 'done'; readonly result: Result }
  | { readonly type: 'cancelled' }
  /** A newer request of the same job took its place. */
  | { readonly type: 'superseded' }
  /** The request can't be answered; the message says why. */
  | { readonly type: 'failed'; readonly message: string }
  /** The worker died meanwhile, of this request or of another, and is replaced. */
  | { readonly type: 'crashed'; readonly message: string }

/** A request that is under way. */
export type PendingRequest<Result> = {
  readonly outcome: Promise<Outcome<Result>>
  /** Gives the request up; its outcome is then `cancelled`, unless it was settled before. */
  cancel(): void
}

/** Models behind a worker that does these jobs. */
export type ModelWorker<Jobs extends JobTable> = {
  /** Sends a model over; requests may follow at once. */
  load(model: string, checkpoint: Checkpoint, encoding?: EncodingName): void
  /**
   * Asks for a job. Of each job the newest request wins: one still under way is superseded. Different jobs don't
   * disturb each other.
   */
  ask<Name extends keyof Jobs & string>(
    job: Name,
    request: RequestOf<Jobs[Name]>,
    onProgress?: (done: number, of: number) => void,
  ): PendingRequest<ResultOf<Jobs[Name]>>
  /** How often a crashed worker has been replaced. */
  readonly restarts: number
  /** Ends the worker; what is under way is cancelled, and so is what is asked later. */
  end(): void
}

/**
 * Puts models behind a worker, which is replaced, with all its models, when it dies: at once, or, if it died
 * before it ever answered, when it is needed next, so that a worker that can't live is not started for ever.
 *
 * @param spawn starts a worker that does the jobs which the type names.
 */
export function createModelWorker<Jobs extends JobTable>(spawn: SpawnWorker): ModelWorker<Jobs> {
  type Pending = {
    readonly job: string
    readonly settle: (outcome: Outcome<never>) => void
    readonly onProgress: (done: number, of: number) => void
  }
  const loaded = new Map<string, ToWorker>()
  const pending = new Map<number, Pending>()
  let lastId = 0
  let starts = 0
  let isOver = false
  let worker: WorkerHandle | null = null
  let answered = false

  const settle = (id: number, outcome: Outcome<never>) => {
    const request = pending.get(id)
    pending.delete(id)
    request?.settle(outcome)
  }
  const settleAll = (outcome: Outcome<never>) => {
    for (const id of pending.keys()) settle(id, outcome)
  }
  const start = (): WorkerHandle => {
    starts++
    answered = false
    const started = spawn({ onMessage, onCrash })
    for (const message of loaded.values()) started.post(message)
    return started
  }
  const post = (message: ToWorker) => {
    if (isOver) return
    worker ??= start()
    worker.post(message)
  }
  const onMessage = (message: FromWorker) => {
    answered = true
    const { id, type } = message
    if (type === 'progress') pending.get(id)?.onProgress(message.done, message.of)
    else if (type === 'done') settle(id, { type, result: message.result as never })
    else settle(id, { type, message: message.message })
  }
  const onCrash = (reason: string) => {
    if (isOver) return
    worker = answered ? start() : null
    settleAll({ type: 'crashed', message: reason })
  }
  worker = start()

  return {
    load(model, checkpoint, encoding) {
      const message: ToWorker = { type: 'load', model, checkpoint, ...(encoding && { encoding }) }
      post(message)
      loaded.set(model, message)
    },
    ask(job, request, onProgress = () => {}) {
      for (const [id, { job: other }] of pending) if (other === job) settle(id, { type: 'superseded' })
      const id = ++lastId
      const outcome = new Promise<Outcome<never>>((resolve) => {
        pending.set(id, { job, settle: resolve, onProgress })
      })
      post({ type: 'ask', id, job, request })
      if (isOver) settle(id, { type: 'cancelled' })
      const cancel = () => {
        if (!pending.has(id)) return
        post({ type: 'cancel', id })
        settle(id, { type: 'cancelled' })
      }
      return { outcome, cancel }
    },
    get restarts() {
      return starts - 1
    },
    end() {
      isOver = true
      settleAll({ type: 'cancelled' })
      worker?.end()
    },
  }
}
