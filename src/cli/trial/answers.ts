import * as v from 'valibot'
import { ContentError } from '../../music/index.ts'
import { score } from './score.ts'
import { comparisons } from './versions.ts'

const clipKey = v.object({ performance: v.string(), comparison: v.string(), condition: v.string() })
const keySchema = v.object({
  format: v.literal('tradefours-trial'),
  version: v.literal(1),
  trial: v.string(),
  clips: v.record(v.string(), clipKey),
})

/** What each clip of a trial is. */
export type Key = v.InferOutput<typeof keySchema>

const answersSchema = v.object({
  format: v.literal('tradefours-answers'),
  version: v.literal(1),
  trial: v.string(),
  listener: v.pipe(v.string(), v.maxLength(64)),
  ratings: v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7))),
})

/** What a listener says about the clips of a trial. */
export type Answers = v.InferOutput<typeof answersSchema>

/** What the listeners of a trial say, taken together. */
export type Report = {
  readonly listeners: number
  readonly comparisons: readonly ({
    readonly comparison: string
    readonly conditions: ReturnType<typeof score>['each']
  } & Pick<ReturnType<typeof score>, 'pairs'>)[]
}

/** Reads the key of a trial. @throws ContentError where it is none. */
export function readKey(text: string): Key {
  return readJson(text, keySchema, 'the key of a trial')
}

/** Reads a listener's answers. @throws ContentError where they are none. */
export function readAnswers(text: string): Answers {
  return readJson(text, answersSchema, 'a file of answers')
}

function readJson<Schema extends v.GenericSchema>(text: string, schema: Schema, what: string): v.InferOutput<Schema> {
  try {
    return v.parse(schema, JSON.parse(text))
  } catch {
    throw new ContentError(`is not ${what}: choose the file that this version wrote.`)
  }
}

/**
 * Answers that belong to a trial.
 *
 * @param before the answers of others.
 * @throws ContentError where they don't.
 */
export function answersTo({ trial, clips }: Key, answers: Answers, before: readonly Answers[]): Answers {
  if (answers.trial !== trial) throw new ContentError('answers another trial: leave it out.')
  if (before.some(({ listener }) => listener === answers.listener))
    throw new ContentError('is by a listener who has answered twice: leave one of the files out.')
  if (!Object.keys(answers.ratings).every((clip) => Object.hasOwn(clips, clip)))
    throw new ContentError("rates a clip that the trial doesn't have: leave it out.")
  return answers
}

/** Compares the conditions of a trial by what its listeners say. */
export function scoreAnswers({ clips }: Key, answers: readonly Answers[]): Report {
  const ratings = answers.flatMap(({ listener, ratings }) =>
    Object.entries(ratings).flatMap(([clip, rating]) => {
      const heard = clips[clip]
      return heard ? [{ ...heard, listener, rating }] : []
    }),
  )
  const scored = Object.keys(comparisons).flatMap((comparison) => {
    const given = ratings.filter((each) => each.comparison === comparison)
    if (given.length === 0) return []
    const asked = Object.values(clips).filter((clip) => clip.comparison === comparison)
    const { each, pairs } = score(given, [...new Set(asked.map(({ condition }) => condition))])
    return [{ comparison, conditions: each, pairs }]
  })
  return { listeners: answers.length, comparisons: scored }
}
