import { createModel, type Model } from '../model.ts'
import type { JobTable } from './job.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** A worker's side of the channel to its client. */
export type WorkerScope = {
  post(message: FromWorker): void
  onMessage(listener: (message: ToWorker) => void): void
  /** Resolves once messages that have come in meanwhile have been handed over; those who wait go on in turn. */
  pause(): Promise<void>
}

/** Steps between two looks at the messages: a cancelled request costs no more than this. */
const stepsBetweenPauses = 16

/**
 * Serves models to a client. Each job does one request at a time, the newest: one that comes in the middle of another
 * ends that one. Different jobs take turns. Nothing that a request holds can end the worker.
 */
export function serveModels({ post, onMessage, pause }: WorkerScope, jobs: JobTable): void {
  const models = new Map<string, ModelForJob>()
  /** The request that each job is at. */
  const current = new Map<string, number>()

  const begin = ({ job, request }: Ask) => {
    const run = jobs[job]
    if (!run) throw new Error(`This worker does not know the job ${job}.`)
    const find = (name: string) => {
      const modelFor = models.get(name)
      if (!modelFor) throw new Error(`This worker does not have the model ${name}: load it first.`)
      return modelFor(job)
    }
    return run(find, request as never)
  }
  const answer = async (ask: Ask) => {
    const { id, job } = ask
    try {
      const run = begin(ask)
      for (let step = 1; ; step++) {
        const { done, value } = run.next()
        if (done) return post({ type: 'done', id, result: value })
        if (step % stepsBetweenPauses > 0) continue
        post({ type: 'progress', id, done: value[0], of: value[1] })
        await pause()
        if (current.get(job) !== id) return
      }
    } catch (error) {
      post({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) })
    }
  }

  onMessage((message) => {
    switch (message.type) {
      case 'load':
        models.set(message.model, load(message))
        break
      case 'ask':
        current.set(message.job, message.id)
        void answer(message)
        break
      case 'cancel':
        for (const [job, id] of current) if (id === message.id) current.delete(job)
    }
  })
}

type Ask = Extract<ToWorker, { type: 'ask' }>

/** The model that a job plays on: each has its own, for jobs take turns, and an engine remembers one sequence. */
type ModelForJob = (job: string) => Model

/** A checkpoint that can't be played does not end the worker: each request for it fails with the reason. */
function load({ checkpoint, model: name, encoding }: Extract<ToWorker, { type: 'load' }>): ModelForJob {
  try {
    const model = createModel(checkpoint, name, encoding)
    const taken = new Map<string, Model>()
    return (job) => {
      const own = taken.get(job) ?? (taken.size === 0 ? model : { ...model, engine: model.engine.clone() })
      taken.set(job, own)
      return own
    }
  } catch (error) {
    return () => {
      throw error
    }
  }
}
