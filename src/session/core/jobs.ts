import type { Brief, PlayedMeasure } from '../../band/index.ts'
import type { Dynamics, FormPart, Groove, GrooveRequest } from '../../groove/index.ts'
import type { CallRequest, MelodyAnswer, PhraseAnswer, PhraseRequest } from '../../improv/index.ts'
import type { Note } from '../../music/index.ts'
import type { Bpm } from '../../timing/index.ts'

/** What models are asked, and what they answer: the one table that the session, the models' thread and recordings go by. */
type Jobs = {
  /** A drum model answers a groove. */
  readonly groove: { readonly question: GrooveQuestion; readonly answer: GrooveAnswer }
  /** The same for the drummer's next round of the form. */
  readonly round: { readonly question: GrooveQuestion; readonly answer: GrooveAnswer }
  /** The same for a turn in which the drums play alone. */
  readonly 'drum-solo': { readonly question: GrooveQuestion; readonly answer: GrooveAnswer }
  /** A melody model answers a call. */
  readonly melody: { readonly question: CallRequest; readonly answer: MelodyAnswer }
  /** The band's bass plans a measure. */
  readonly bass: { readonly question: BandQuestion; readonly answer: BandAnswer }
  /** The band's comping plans a measure. */
  readonly comping: { readonly question: BandQuestion; readonly answer: BandAnswer }
  /** A turn is filled with phrases of the machine's own. */
  readonly phrase: { readonly question: PhraseRequest; readonly answer: PhraseAnswer }
}

/** What a drum model is asked: a bassline's fixed groove, the tempo, and how it is to be answered. */
export type GrooveQuestion = Omit<GrooveRequest, 'form' | 'patterns'> & {
  readonly fixed: Groove
  readonly bpm: Bpm
  /** The parts that it goes through, or the chart that has them. */
  readonly form?: readonly FormPart[] | string
  /** The style of the band, by its name or as a file; the metre's where it is null. The drummer goes by its patterns. */
  readonly band?: string | null
}

/** A measure that a part of the band is asked for, and what the part has played before. */
export type BandQuestion = Omit<Brief, 'style'> & {
  /** A style by its name, or as a file; the metre's where it is null. */
  readonly style: string | null
  readonly previous: readonly PlayedMeasure[]
}

/** The notes of a measure, on the straight grid from its start. */
export type BandAnswer = { readonly notes: readonly Note[] }

/** A job by its name. */
export type Job = keyof Jobs

/** What is asked of a job. */
export type Question<Name extends Job = Job> = Jobs[Name]['question']

/** What a job answers. */
export type Answer<Name extends Job = Job> = Jobs[Name]['answer']

/** A model's groove, on the grid and as a drummer would touch it: the same hits. */
export type GrooveAnswer = {
  readonly plain: Groove
  readonly felt: Groove
  /** The measures that are fills, from 0. */
  readonly fills?: readonly number[]
  /** How it thins out and thickens. */
  readonly dynamics?: Dynamics
}
