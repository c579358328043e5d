import { type ContinuationRequest, continueSequence } from '../continue.ts'
import { createModel, type Model } from '../model.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** A worker's side of the channel to its client. */
export type WorkerScope = {
  post(message: FromWorker): void
  onMessage(listener: (message: ToWorker) => void): void
  /** Resolves once messages that have come in meanwhile have been handed over. */
  pause(): Promise<void>
}

/** Steps between two looks at the messages: a cancelled request costs no more than this. */
const stepsBetweenPauses = 16

/**
 * Serves models to a client: one continuation at a time, the newest. A request that comes in the middle of
 * another ends that one; nothing that a request holds can end the worker.
 */
export function serveModels({ post, onMessage, pause }: WorkerScope): void {
  const models = new Map<string, Model | Error>()
  let current = -1

  const play = async (id: number, model: Model, request: ContinuationRequest) => {
    const run = continueSequence(model, request)
    for (let step = 1; ; step++) {
      const { done, value } = run.next()
      if (done) return post({ type: 'done', id, continuation: value })
      if (step % stepsBetweenPauses > 0) continue
      post({ type: 'progress', id, done: value[0], of: value[1] })
      await pause()
      if (current !== id) return
    }
  }
  const answer = async ({ id, model: name, request }: Extract<ToWorker, { type: 'continue' }>) => {
    try {
      const model = models.get(name) ?? new Error(`There is no model ${name} here: load it first.`)
      if (model instanceof Error) throw model
      await play(id, model, request)
    } catch (error) {
      post({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) })
    }
  }

  onMessage((message) => {
    switch (message.type) {
      case 'load':
        models.set(message.model, load(message))
        break
      case 'continue':
        current = message.id
        void answer(message)
        break
      case 'cancel':
        if (current === message.id) current = -1
    }
  })
}

/** A checkpoint that can't be played is no reason to end: whoever asks for it is told. */
function load({ checkpoint, model, encoding }: Extract<ToWorker, { type: 'load' }>): Model | Error {
  try {
    return createModel(checkpoint, model, encoding)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
