import type { Groove, GrooveRequest } from '../../groove/index.ts'
import type { CallRequest, MelodyAnswer } from '../../improv/index.ts'
import type { Bpm } from '../../timing/index.ts'

/** What models are asked, and what they answer: the one table that the session, the models' thread and recordings go by. */
type Jobs = {
  /** A drum model answers a groove. */
  readonly groove: {
    readonly question: GrooveRequest & { readonly fixed: Groove; readonly bpm: Bpm }
    readonly answer: GrooveAnswer
  }
  /** A melody model answers a call. */
  readonly melody: { readonly question: CallRequest; readonly answer: MelodyAnswer }
}

/** A job by its name. */
export type Job = keyof Jobs

/** What is asked of a job. */
export type Question<Name extends Job = Job> = Jobs[Name]['question']

/** What a job answers. */
export type Answer<Name extends Job = Job> = Jobs[Name]['answer']

/** A model's groove, on the grid and as a drummer would touch it: the same hits. */
export type GrooveAnswer = { readonly plain: Groove; readonly felt: Groove }
