import { applyFeel, type Groove, modelGroove } from '../groove/index.ts'
import { shippedModels } from '../io/checkpoints/node.ts'
import { createModel, finish, type Model } from '../models/index.ts'
import { open, usable } from './models-command.ts'

/** How the fixed groove is to be answered. */
export type AnswerOptions = {
  readonly model?: string
  readonly temperature?: number
  readonly feel: number
  readonly seed: number
}

/** What is to be played. */
export type Answer = {
  readonly groove: Groove
  readonly source: 'fixed' | 'model'
  /** What did not go as it should, a sentence each. */
  readonly notices: readonly string[]
}

/** What a model answers in a second or so: a long song. */
const longestAnswer = 256

/**
 * A model's answer to a fixed groove, with feel. Without the models that come with the package, without a hit in the
 * answer, or for hours of music, the answer is the fixed groove itself.
 *
 * @throws InputError when the model that is asked for can't be used.
 */
export async function answerGroove(
  fixed: Groove,
  bpm: number,
  { model: asked, temperature, feel: amount, seed }: AnswerOptions,
): Promise<Answer> {
  const fallBack = (notice: string): Answer => ({
    groove: fixed,
    source: 'fixed',
    notices: [`${notice}, so this is the fixed groove.`],
  })
  if (fixed.measures > longestAnswer) {
    return fallBack(
      `The bassline has ${fixed.measures} measures and a model answers at most ${longestAnswer} (choose fewer with --bars)`,
    )
  }
  const drums = asked === undefined ? await shippedModel('drums') : await model(asked)
  if (!drums) return fallBack('The model drums is missing')
  const request = { seed, ...(temperature !== undefined && { temperature }) }
  const groove = usable(() => finish(modelGroove(drums, fixed, request)))
  if (groove.hits.length === 0) return fallBack(`${drums.name} answered without a single hit`)
  const notices = drums.notices.map((notice) => `${drums.name}: ${notice}`)
  const feel = await shippedModel('feel')
  if (feel) return { groove: applyFeel(feel, groove, bpm, amount), source: 'model', notices }
  return {
    groove,
    source: 'model',
    notices: [...notices, 'The model feel is missing, so every stroke is exactly on the grid.'],
  }
}

async function shippedModel(name: string): Promise<Model | null> {
  return shippedModels().includes(name) ? model(name) : null
}

async function model(reference: string): Promise<Model> {
  const checkpoint = await open(reference)
  return usable(() => createModel(checkpoint, reference))
}
