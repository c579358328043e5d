import { applyFeel, modelGroove } from '../../groove/index.ts'
import { answerCall } from '../../improv/index.ts'
import { type Continuation, type ContinuationRequest, continueSequence, type Job } from '../../models/index.ts'
import type { Answer, Ask, Question } from '../../session/index.ts'

/** The name of the loaded model that is asked. */
type ByModel = { readonly model: string }

/** The name of the loaded model that gives a groove its touch; null for none. */
type WithFeel = { readonly feel: string | null }

/** What a worker of this package does. */
export type Jobs = {
  /** Continues a sequence, as `continueSequence`. */
  readonly continue: Job<ByModel & ContinuationRequest, Continuation>
  /** Answers a fixed groove, as `modelGroove` and then `applyFeel`; the answer may be without any hit. */
  readonly groove: Job<ByModel & WithFeel & Question<'groove'>, Answer<'groove'>>
  /** Answers a call, as `answerCall`. */
  readonly melody: Job<ByModel & Question<'melody'>, Answer<'melody'>>
}

/** The jobs themselves, for a worker to serve. */
export const jobs: Jobs = {
  continue: (models, { model, ...request }) => continueSequence(models(model), request),
  *groove(models, { model, feel, fixed, ...request }) {
    const plain = yield* modelGroove(models(model), fixed, request)
    const felt = feel === null || plain.hits.length === 0 ? plain : applyFeel(models(feel), plain, request, 1)
    return { plain, felt }
  },
  melody: (models, { model, ...request }) => answerCall(models(model), request),
}

/** What the models are asked where a session asks: the question, and the models that answer it, by their names. */
const requests: { readonly [Name in Ask['job']]: (question: Question<Name>, feel: string | null) => object } = {
  groove: (question, feel) => ({ ...question, model: 'drums', feel }),
  melody: (question) => ({ ...question, model: 'melody' }),
}

/** What a worker's job is asked where a session asks; `feel` names the model that gives grooves their touch. */
export function requestOf({ job, question }: Ask, feel: string | null): never {
  return (requests[job] as (question: unknown, feel: string | null) => object)(question, feel) as never
}
