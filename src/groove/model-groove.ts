import {
  CheckpointError,
  continueSequence,
  type DrummerBrief,
  drumEvent,
  eventDrums,
  type Model,
  type ModelEvent,
} from '../models/index.ts'
import {
  type Accent,
  accentAt,
  type DrumStyle,
  type Metre,
  type Steps,
  stepsPerMeasure,
  type Velocity,
} from '../music/index.ts'
import { faultsOf } from './check-groove.ts'
import type { DrumPattern } from './drum-patterns.ts'
import { type DrumChances, type Dynamics, drumChances, dynamicsOf, noteChances } from './dynamics.ts'
import type { FormPart } from './form.ts'
import { type Groove, grooveEvents, grooveSteps, onSixteenths } from './groove.ts'
import { leadDrummer } from './lead-drummer.ts'
import { leastTripletSwing, sixthOf } from './subdivision.ts'
import { hasTriplets, tripletMetre } from './triplet-metre.ts'

/** How a model is to answer a fixed groove. What follows the seed is for our own `drums`; others don't know of it. */
export type GrooveRequest = {
  /** The sampling temperature; unless given, the one that the model is made for. */
  readonly temperature?: number
  /** The same seed gives the same answer. */
  readonly seed: number
  /** Quarter notes a minute; 120 unless it is given. */
  readonly bpm?: number
  /** Unless given, as the bass says. */
  readonly style?: DrumStyle
  /** How busy for its style, from 0 to 1; unless given, as the drummer likes. */
  readonly intensity?: number
  /** To end with a fill. */
  readonly fill?: boolean
  /** Where the second eighth of a beat will sound: from 0.59 on the drummer plays triplets. Straight unless it is given. */
  readonly swing?: number
  /** To play alone: fills throughout. */
  readonly isSolo?: boolean
  /** The parts of the music, which are as long as the fixed groove together: fills lead from one to the next. */
  readonly form?: readonly FormPart[]
  /** Where its style has which drums. */
  readonly patterns?: readonly DrumPattern[]
  /** What was played in this form the last time, or a shorter groove that goes round: it will be like that. */
  readonly like?: Groove
}

/** A model's groove; our own drummer's thins out and thickens, too. */
export type ModelGroove = Groove & { readonly dynamics?: Dynamics }

/** The longest phrases that DrumsRNN and its like answer well, in measures and in steps. */
const phraseMeasures = [4, 2, 1]
const phraseSteps = 64

/** How often a drummer is asked, if what comes is not what drummers play, and for how many steps in all. */
const mostTries = 8
const mostSteps = 8192

/** How many faults a measure are let pass in long music. */
const mostFaults = 1 / 50

/** Velocities by the place in the measure, until the feel is applied. */
const velocityAt: Record<Accent, Velocity> = { downbeat: 104, pulse: 94, unit: 84, offbeat: 70 }

/** A drummer's hands and feet. */
const limbs = 4

/** The events that a drummer can play: one drum for each limb, and the hat not open and closed at once. */
const playable = Array.from({ length: 512 }, (_, event) => {
  const hats = drumEvent(['closed-hat', 'open-hat'])
  return eventDrums(event).length <= limbs && (event & hats) !== hats
})

/**
 * A model's answer to a fixed groove, of the same length (Castro 2019).
 *
 * Our own `drums` sees at each step where the bass is in the fixed groove, and plays the whole length in one go. If its
 * answer is not what a drummer would play ({@link faultsOf}), it is asked again with another seed; the answer with the
 * fewest faults counts. Where the music swings it plays triplets, in a groove of six steps a beat.
 *
 * Other models hear the fixed groove, then drum on, phrase by phrase of up to four measures: asked for more in one go, they
 * lose the thread.
 *
 * A generator, as `continueSequence`: it yields how far it is. The answer may be without any hit: then let the fixed
 * groove play on.
 *
 * @throws CheckpointError with a sentence for the user when the model plays no drums.
 */
export function* modelGroove(
  model: Model,
  fixed: Groove,
  request: GrooveRequest,
): Generator<readonly [done: number, of: number], ModelGroove> {
  if (model.encoding.kind !== 'drums') throw new CheckpointError(`${model.name} plays no drums: choose a drum model.`)
  const straight = onSixteenths(fixed)
  return yield* model.encoding.metre ? drummerGroove(model, straight, request) : primedGroove(model, straight, request)
}

function* drummerGroove(
  model: Model,
  fixed: Groove,
  {
    temperature = model.temperature,
    seed,
    bpm = 120,
    style,
    intensity,
    fill,
    swing = 1 / 2,
    form,
    like,
    isSolo,
    patterns,
  }: GrooveRequest,
): Generator<readonly [done: number, of: number], ModelGroove> {
  const isTriplets = swing >= leastTripletSwing && hasTriplets(fixed.metre)
  const metre = isTriplets ? tripletMetre(fixed.metre) : fixed.metre
  const bass = isTriplets ? onSixths(fixed) : fixed
  const to = grooveEvents(bass)
  const { measures } = fixed
  const before = like && roundEvents(like, bass)
  const { biasAt, ...lead } = leadDrummer({
    ...{ measures, metre, isTriplets, style, fill, form, before, isSolo, patterns },
    counted: fixed.metre,
  })
  const brief: DrummerBrief = {
    bpm: isTriplets ? 1.5 * bpm : bpm,
    ...lead,
    ...(style && { style }),
    ...(intensity !== undefined && { intensity }),
  }
  let best: { groove: Groove; faults: number; chances: DrumChances } | null = null
  const tries = isSolo ? 1 : Math.max(1, Math.min(mostTries, Math.floor(mostSteps / to.length)))
  for (let attempt = 0; attempt < tries; attempt++) {
    const chances = drumChances(to.length)
    const { events } = yield* continueSequence(model, {
      primer: [],
      steps: to.length,
      metre,
      answer: { to, from: 0 },
      brief,
      sampling: { temperature, mask: playable },
      biasAt,
      watch: (step, logits) => noteChances(chances, step, logits),
      seed: seedOf(seed, attempt, to),
    })
    const groove = grooveOf(events, bass, metre)
    const faults = faultsOf(groove, bass, (measure) => lead.fills?.[measure] ?? false).length
    if (!best || faults < best.faults) best = { groove, faults, chances }
    if (best.faults <= mostFaults * fixed.measures) break
  }
  const { groove, chances } = best as NonNullable<typeof best>
  return { ...groove, dynamics: dynamicsOf(groove, chances) }
}

/** A seed for each try at each bassline, so that the grooves of two basslines differ as much as those of two seeds. */
function seedOf(seed: number, attempt: number, bass: readonly ModelEvent[]): number {
  // FNV-1a: each value is multiplied before the next one comes, so that no two lists of them agree by accident.
  return [seed, attempt, ...bass].reduce((hash, value) => Math.imul(hash ^ value, 0x01000193) >>> 0, 0x811c9dc5)
}

function* primedGroove(
  model: Model,
  fixed: Groove,
  { temperature = model.temperature, seed }: GrooveRequest,
): Generator<readonly [done: number, of: number], Groove> {
  const { metre } = fixed
  const events = grooveEvents(fixed)
  const phraseLength = longestPhrase(stepsPerMeasure(metre))
  const answer: ModelEvent[] = []
  while (answer.length < events.length) {
    const primer = events.slice(answer.length, answer.length + phraseLength)
    const sampling = { temperature }
    const phrase = yield* continueSequence(model, { primer, steps: primer.length, metre, sampling, seed })
    answer.push(...phrase.events)
  }
  return grooveOf(answer, fixed, metre)
}

/** Events as a groove as long as another; `metre` is the one whose sixteenths they are. */
function grooveOf(events: readonly ModelEvent[], like: Groove, metre: Metre): Groove {
  const perMeasure = stepsPerMeasure(metre)
  const hits = events.flatMap((event, step) => {
    const velocity = velocityAt[accentAt(metre, (step % perMeasure) / 4)]
    return eventDrums(event).map((drum) => ({ step, drum, velocity, offsetMs: 0 }))
  })
  return { ...like, hits }
}

/** A groove of sixteenths on triplets and their halves. */
function onSixths(groove: Groove): Groove {
  return { ...groove, stepsPerBeat: 6, hits: groove.hits.map((hit) => ({ ...hit, step: sixthOf(hit.step) })) }
}

/** What a groove that goes round has played by the end of another; nothing where it is on another grid. */
function roundEvents(groove: Groove, like: Groove): ModelEvent[] | undefined {
  if (grooveSteps(groove) !== grooveSteps(like)) return undefined
  const round = grooveEvents(groove)
  return Array.from({ length: like.measures * grooveSteps(like) }, (_, step) => round[step % round.length] ?? 0)
}

function longestPhrase(perMeasure: Steps): Steps {
  return perMeasure * (phraseMeasures.find((measures) => measures * perMeasure <= phraseSteps) ?? 1)
}
