import type { Remembered } from '../../improv/index.ts'
import type { Ask, Question } from '../../session/index.ts'

const ofDrums = (question: Question<'groove'>, feel: string | null) => ({ ...question, model: 'drums', feel })

/** What the models are asked where a session asks: the question, and the models that answer it, by their names. */
const requests: { readonly [Name in Ask['job']]: (question: Question<Name>, feel: string | null) => object } = {
  groove: ofDrums,
  round: ofDrums,
  'drum-solo': ofDrums,
  melody: (question) => ({ ...question, model: 'melody' }),
  bass: (question) => question,
  comping: (question) => question,
  phrase: (question) => ({ ...question, model: 'phrase', solo: 'solo' }),
}

/**
 * What a worker's job is asked where a session asks.
 *
 * @param feel names the model that gives grooves their touch.
 * @param remembered goes to the phrases.
 */
export function requestOf({ job, question }: Ask, feel: string | null, remembered?: Remembered): never {
  const request = (requests[job] as (question: unknown, feel: string | null) => object)(question, feel)
  return (job === 'phrase' && remembered ? { ...request, remembered } : request) as never
}
