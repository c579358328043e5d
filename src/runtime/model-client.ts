import type { Remembered } from '../improv/index.ts'
import { type Checkpoint, createModelWorker, type SpawnWorker } from '../models/index.ts'
import type { Ask, ModelAnswer } from '../session/index.ts'
import { type Jobs, requestOf } from './worker/index.ts'

/** A model of the worker's. */
export type ModelPart = 'drums' | 'feel' | 'melody' | 'solo' | 'phrase'

/** Asks the models of whole grooves and phrases, which live in a worker. */
export type ModelClient = {
  /** Brings a model to the worker. */
  load(part: ModelPart, checkpoint: Checkpoint): void
  /**
   * Asks it. The answer says why, where there is none; it is null where a newer question has taken its place.
   *
   * @param remembered what has been played before: phrases go by it, and a recording has no need of it.
   */
  ask(ask: Ask, remembered?: Remembered): Promise<ModelAnswer | null>
  /** How often a crashed worker has been replaced. */
  readonly restarts: number
  /** How long the last answer took, in milliseconds; null before the first. */
  readonly lastAnswerMs: number | null
  end(): void
}

/** Starts the worker that the models live in. */
export function createModelClient(spawn: SpawnWorker): ModelClient {
  const worker = createModelWorker<Jobs>(spawn)
  let feel: string | null = null
  let lastAnswerMs: number | null = null

  return {
    load(part, checkpoint) {
      if (part === 'feel') feel = part
      worker.load(part, checkpoint)
      // It comes last.
      if (part === 'phrase') worker.ask('warm-up', {})
    },
    async ask(ask, remembered) {
      const asked = performance.now()
      const outcome = await worker.ask(ask.job, requestOf(ask, feel, remembered)).outcome
      lastAnswerMs = performance.now() - asked
      if (outcome.type === 'done') return { answer: outcome.result }
      if (outcome.type === 'superseded' || outcome.type === 'cancelled') return null
      return { answer: null, message: outcome.message }
    },
    get restarts() {
      return worker.restarts
    },
    get lastAnswerMs() {
      return lastAnswerMs
    },
    end: () => worker.end(),
  }
}
