import { type BandPart, type BandStyle, bandStyleFor, measureOf } from '../../band/index.ts'
import { applyFeel, chartForm, modelGroove, partEnds } from '../../groove/index.ts'
import { answerCall, improvisePhrase, type Remembered } from '../../improv/index.ts'
import { readBandStyle } from '../../io/band-style.ts'
import { type Continuation, type ContinuationRequest, continueSequence, type Job } from '../../models/index.ts'
import type { Metre } from '../../music/index.ts'
import type { Answer, Question } from '../../session/index.ts'
import { unheardMemory, unheardTurn } from './warm-up.ts'

/** The name of the loaded model that is asked. */
type ByModel = { readonly model: string }

/** The name of the loaded model that gives a groove its touch; null for none. */
type WithFeel = { readonly feel: string | null }

/** The name of the loaded model that chooses pitches. */
type WithSolo = { readonly solo: string }

/** What has been played before, as far as it is remembered. */
type WithMemory = { readonly remembered?: Remembered }

type GrooveJob = Job<ByModel & WithFeel & Question<'groove'>, Answer<'groove'>>

/** What a worker of this package does. */
export type Jobs = {
  /** Continues a sequence, as `continueSequence`. */
  readonly continue: Job<ByModel & ContinuationRequest, Continuation>
  /** Answers a fixed groove, as `modelGroove` and then `applyFeel`; the answer may be without any hit. */
  readonly groove: GrooveJob
  /** The same for the drummer's next round. */
  readonly round: GrooveJob
  /** The same for a turn in which the drums play alone. */
  readonly 'drum-solo': GrooveJob
  /** Answers a call, as `answerCall`. */
  readonly melody: Job<ByModel & Question<'melody'>, Answer<'melody'>>
  /** Plans a measure of a part of the band, as `measureOf`; no model is needed. */
  readonly bass: Job<Question<'bass'>, Answer<'bass'>>
  readonly comping: Job<Question<'comping'>, Answer<'comping'>>
  /** Plays a turn that nobody hears, on the models of phrases: the first one that is heard comes sooner. */
  readonly 'warm-up': Job<object, null>
  /** Fills a turn with phrases, as `improvisePhrase`. */
  readonly phrase: Job<ByModel & WithSolo & WithMemory & Question<'phrase'>, Answer<'phrase'>>
}

/**
 * The style of a name, or of a file; the metre's where there is none.
 *
 * @throws ContentError where a file is not a style: it may come from a performance that somebody else recorded.
 */
function styleOf(named: string | null, metre: Metre): BandStyle {
  if (named === null || !/^\s*\{/.test(named)) return bandStyleFor(named, metre)
  if (own?.file !== named) own = { file: named, style: readBandStyle(named) }
  return own.style
}

let own: { readonly file: string; readonly style: BandStyle } | null = null

/** A part of the band plans a measure, in one go. */
// biome-ignore lint/correctness/useYield: a job is a generator
function* planned(
  part: BandPart,
  { style, previous, ...brief }: Question<BandPart>,
): Generator<never, Answer<BandPart>> {
  return { notes: measureOf(part, { ...brief, style: styleOf(style, brief.now.metre) }, previous) }
}

const groove: GrooveJob = function* (models, { model, feel, fixed, form: asked, band, ...request }) {
  const form = typeof asked === 'string' ? chartForm(asked, fixed.metre) : asked
  const { dynamics, ...plain } = yield* modelGroove(models(model), fixed, {
    ...request,
    ...(form && { form }),
    ...(band !== undefined && { patterns: styleOf(band, fixed.metre).drumming ?? [] }),
  })
  const felt = feel === null || plain.hits.length === 0 ? plain : applyFeel(models(feel), plain, request, 1)
  return { plain, felt, ...(form && { fills: partEnds(form) }), ...(dynamics && { dynamics }) }
}

/** The jobs themselves, for a worker to serve. */
export const jobs: Jobs = {
  continue: (models, { model, ...request }) => continueSequence(models(model), request),
  groove,
  round: groove,
  'drum-solo': groove,
  melody: (models, { model, ...request }) => answerCall(models(model), request),
  bass: (_, question) => planned('bass', question),
  comping: (_, question) => planned('comping', question),
  *'warm-up'(models) {
    yield* improvisePhrase({ phrase: models('phrase'), solo: models('solo') }, unheardTurn, unheardMemory)
    return null
  },
  phrase: (models, { model, solo, remembered, ...request }) =>
    improvisePhrase({ phrase: models(model), solo: models(solo) }, request, remembered),
}
