import { createSoloist, type MelodyAnswer, type Soloist } from '../improv/index.ts'
import { shippedModels } from '../io/checkpoints/node.ts'
import { CheckpointError, finish, type Model } from '../models/index.ts'
import { jobs, requestOf } from '../runtime/index.ts'
import type { Answer, Ask, ModelAnswer, Question } from '../session/index.ts'
import { openModel, usable } from './models-command.ts'

/** The models that play with a performer, ready to answer in this thread. */
export type Band = {
  readonly soloist: Soloist | null
  /** Answers a call. Throws CheckpointError where the model can't. */
  readonly melody: (question: Question<'melody'>) => MelodyAnswer
  /** Answers whatever is asked; where there is no answer, it says why. */
  readonly answer: (ask: Ask) => ModelAnswer
  /** What the models of lines are made to be played at. */
  readonly temperatures: Readonly<Record<'solo' | 'melody', number>>
  /** What is not as it should be, a sentence each. */
  readonly notices: readonly string[]
}

/** The models that play with a performer, by what they are asked for. */
const everything = { drums: 'drums', feel: 'feel', melody: 'melody', phrase: 'phrase', solo: 'solo' }

/**
 * Brings models together.
 *
 * @param asked which model is to be each part: a shipped one by its name, or another by name, folder, address or file. All
 * that come with the package unless given.
 * @throws InputError when one can't be used; a shipped one that is missing is only told.
 */
export async function band(asked: Partial<typeof everything> = everything): Promise<Band> {
  const models = new Map<string, Model>()
  const notices: string[] = []
  for (const [part, reference] of Object.entries(asked)) {
    if (reference === part && !shippedModels().includes(part)) {
      notices.push(`The model ${part} is missing: nothing will be played by it.`)
      continue
    }
    const model = await openModel(reference)
    models.set(part, model)
    notices.push(...model.notices.map((notice) => `${model.name}: ${notice}`))
  }
  const find = (name: string) => {
    const model = models.get(name)
    if (!model) throw new CheckpointError(`The model ${name} is missing.`)
    // The engine of solo is the soloist's own.
    return name === 'solo' ? { ...model, engine: model.engine.clone() } : model
  }
  const solo = models.get('solo')
  const feel = models.has('feel') ? 'feel' : null
  const melody = (question: Question<'melody'>) => finish(jobs.melody(find, { model: 'melody', ...question }))
  return {
    soloist: solo ? usable(() => createSoloist(solo)) : null,
    melody,
    answer(ask) {
      try {
        return { answer: finish<Answer>(jobs[ask.job](find, requestOf(ask, feel))) }
      } catch (error) {
        return { answer: null, message: (error as Error).message }
      }
    },
    temperatures: { solo: solo?.temperature ?? 1, melody: models.get('melody')?.temperature ?? 1 },
    notices,
  }
}
