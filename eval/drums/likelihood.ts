import { type Bassline, fixedGroove, grooveEvents } from '../../src/groove/index.ts'
import {
  type DrummerBrief,
  InputRow,
  logProbability,
  type ModelEvent,
  type Setting,
  sequenceEncoding,
} from '../../src/models/index.ts'
import { type Metre, stepsPerMeasure } from '../../src/music/index.ts'
import type { Take } from '../corpora/groove.ts'
import { mean } from '../mean.ts'
import { ngram } from '../ngram.ts'
import type { Shipped } from '../shipped.ts'

/** All sets of nine drums. */
export const tokens = 512

/** A drummer's measures, and the fixed groove that follows from their kicks as a bassline. */
export type Answer = {
  readonly metre: Metre
  readonly bpm: number
  readonly fixed: readonly ModelEvent[]
  readonly played: readonly ModelEvent[]
}

/** A take's pairs of measures, each as an answer to its fixed groove. */
export function answersOf({ metre, bpm, events }: Pick<Take, 'metre' | 'bpm' | 'events'>): Answer[] {
  const length = 2 * stepsPerMeasure(metre)
  return Array.from({ length: Math.floor(events.length / length) }, (_, index) => {
    const played = events.slice(index * length, (index + 1) * length)
    return { metre, bpm, fixed: grooveEvents(fixedGroove(kicks(metre, played))), played }
  })
}

/** The kicks of two measures as their bassline. */
export function kicks(metre: Metre, events: readonly ModelEvent[]): Bassline {
  const notes = events.flatMap((event, step) => (event & 1 ? [{ step, steps: 1, pitch: 36, velocity: 100 }] : []))
  return { metre, measures: 2, notes }
}

/** Nats of each event. */
export function drumSurprise(model: Shipped, events: readonly ModelEvent[], setting: Setting): number[] {
  const { engine } = model
  const encoding = sequenceEncoding(model)
  const row = new InputRow(engine.inputs)
  const nats: number[] = []
  engine.start()
  for (const [step, event] of events.entries()) {
    encoding.encode(row, events, step - 1, setting)
    engine.feed(row)
    nats.push(-logProbability(engine.logits, event))
  }
  return nats
}

/** What of a take's drummer is told. */
export function briefOf({ bpm, style }: Pick<Take, 'bpm' | 'style'>, told: 'style' | 'tempo'): DrummerBrief {
  return { bpm, ...(told === 'style' && style && { style }) }
}

/** Nats of the drummer's measures where their bass and tempo are told. */
export function answerSurprise(model: Shipped, { metre, bpm, fixed, played }: Answer): number[] {
  return drumSurprise(model, played, { metre, answer: { to: fixed, from: 0 }, brief: { bpm } })
}

/**
 * Mean nats a step of a baseline that either repeats the measure before or plays each set of drums as often as it occurs,
 * with the share of repetition that fits the training takes best.
 */
export function repetitionNll(training: readonly Take[], validation: readonly Take[]): number {
  const anything = ngram(
    0,
    tokens,
    training.map(({ events }) => events),
  )
  const nll = (takes: readonly Take[], share: number) =>
    mean(
      takes.flatMap(({ events, metre }) =>
        events.map((event, step) => {
          const before = events[step - stepsPerMeasure(metre)]
          const other = anything.probability([], event)
          return -Math.log(before === undefined ? other : share * Number(event === before) + (1 - share) * other)
        }),
      ),
    )
  const shares = Array.from({ length: 19 }, (_, index) => (index + 1) / 20)
  const best = shares.reduce((best, share) => (nll(training, share) < nll(training, best) ? share : best))
  return nll(validation, best)
}
