import { applyFeel, atEnergy, type FormPart, type Groove, modelGroove } from '../groove/index.ts'
import { shippedModels } from '../io/checkpoints/node.ts'
import { finish, type Model } from '../models/index.ts'
import type { DrumStyle } from '../music/index.ts'
import { openModel, usable } from './models-command.ts'

/** How the fixed groove is to be answered. */
export type AnswerOptions = {
  readonly model?: string
  readonly temperature?: number
  readonly feel: number
  readonly seed: number
  readonly style?: DrumStyle
  readonly intensity?: number
  readonly fill?: boolean
}

/** A fixed groove of one metre, the tempo that it is played at, and where the second eighth of its beats sounds. */
export type Question = {
  readonly fixed: Groove
  readonly bpm: number
  readonly swing?: number
  readonly form?: readonly FormPart[]
}

/** What is to be played. */
export type Answer = {
  /** One for each question. */
  readonly grooves: readonly Groove[]
  readonly source: 'fixed' | 'model'
  /** What did not go as it should, a sentence each. */
  readonly notices: readonly string[]
}

/** What a model answers in a second or so: a long song. */
const longestAnswer = 256

/**
 * A model's answers to fixed grooves that follow each other, with feel. Without the models that come with the package,
 * without a hit in the answers, or for hours of music, the answer is the fixed grooves themselves.
 *
 * @param shipped a model that comes with the package; null where it is missing.
 * @throws InputError when the model that is asked for can't be used.
 */
export async function answerGrooves(
  questions: readonly Question[],
  { model: asked, temperature, feel: amount, seed, style, intensity = 0.5, fill }: AnswerOptions,
  shipped = shippedModel,
): Promise<Answer> {
  const fixed = questions.map((question) => question.fixed)
  const fallBack = (notice: string): Answer => ({
    grooves: fixed,
    source: 'fixed',
    notices: [`${notice}, so this is the fixed groove.`],
  })
  const measures = fixed.reduce((sum, groove) => sum + groove.measures, 0)
  if (measures > longestAnswer) {
    return fallBack(
      `The bassline has ${measures} measures and a model answers at most ${longestAnswer} (choose fewer with --bars)`,
    )
  }
  const drums = asked === undefined ? await shipped('drums') : await openModel(asked)
  if (!drums) return fallBack('The model drums is missing')
  const brief = style && { style }
  const request = { seed, ...(temperature !== undefined && { temperature }), ...brief }
  const answers = questions.map(({ fixed, bpm, swing = 1 / 2, form }, index) => {
    const isEnd = index === questions.length - 1
    const own = { ...request, bpm, swing, fill: isEnd && fill === true, ...(form && { form }) }
    const groove = usable(() => finish(modelGroove(drums, fixed, own)))
    return { fixed, bpm, groove, isEmpty: groove.hits.length === 0 }
  })
  if (answers.every(({ isEmpty }) => isEmpty)) return fallBack(`${drums.name} answered without a single hit`)
  const notices = drums.notices.map((notice) => `${drums.name}: ${notice}`)
  const feel = await shipped('feel')
  const grooves = answers.map(({ fixed, bpm, groove, isEmpty }) => {
    if (isEmpty) return fixed
    const felt = feel ? applyFeel(feel, groove, { bpm, ...brief }, amount) : groove
    return atEnergy({ plain: groove, felt }, intensity, groove.dynamics).felt
  })
  const missing = 'The model feel is missing, so every stroke is exactly on the grid.'
  return { grooves, source: 'model', notices: feel ? notices : [...notices, missing] }
}

/** A model that comes with the package; null where it is missing. */
export async function shippedModel(name: string): Promise<Model | null> {
  return shippedModels().includes(name) ? openModel(name) : null
}
