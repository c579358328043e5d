import { type Checkpoint, createModelWorker, type Outcome, type SpawnWorker } from '../models/index.ts'
import type { Note } from '../music/index.ts'
import type { Answer, GrooveQuestion, MelodyQuestion, Question } from '../session/index.ts'
import type { Jobs } from './worker/index.ts'

/** Asks the models of whole grooves and phrases, which live in a worker. */
export type ModelClient = {
  /** Brings a model to the worker. */
  load(part: 'drums' | 'feel' | 'melody', checkpoint: Checkpoint): void
  /** Asks it. The answer says why, where there is none; it is null where a newer question has taken its place. */
  ask(question: Question): Promise<Answer | null>
  /** What the melody model sang last, in its own rhythm. */
  readonly lastMelody: readonly Note[]
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
  let lastMelody: readonly Note[] = []

  const groove = async (question: GrooveQuestion): Promise<Answer | null> => {
    const { outcome } = worker.ask('groove', { ...question, model: 'drums', feel })
    return settled(await outcome, (answer, why) => ({ type: 'groove', answer, ...why }))
  }
  const melody = async (question: MelodyQuestion): Promise<Answer | null> => {
    const { outcome } = worker.ask('melody', { ...question, model: 'melody' })
    return settled(await outcome, (answer, why) => {
      lastMelody = answer?.melody ?? []
      return { type: 'melody', pitches: answer && lastMelody.map(({ pitch }) => pitch), ...why }
    })
  }
  return {
    load(part, checkpoint) {
      if (part === 'feel') feel = part
      worker.load(part, checkpoint)
    },
    async ask(question) {
      const asked = performance.now()
      const given = await (question.type === 'askGroove' ? groove(question) : melody(question))
      lastAnswerMs = performance.now() - asked
      return given
    },
    get lastMelody() {
      return lastMelody
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

/** What an outcome says to the session; null where nobody waits for it any more. */
function settled<Result>(
  outcome: Outcome<Result>,
  say: (result: Result | null, why?: { readonly message: string }) => Answer,
): Answer | null {
  if (outcome.type === 'done') return say(outcome.result)
  if (outcome.type === 'superseded' || outcome.type === 'cancelled') return null
  return say(null, { message: outcome.message })
}
