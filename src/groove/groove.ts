import { drumEvent, type ModelEvent } from '../models/index.ts'
import type { Beats, Drum, Metre, Steps, Velocity } from '../music/index.ts'
import { drums, nearestStep, stepBeat, stepsPerMeasure } from '../music/index.ts'
import { unswung } from '../timing/index.ts'

/** One stroke of one drum. */
export type DrumHit = {
  /** The step of the groove's grid that it belongs to, from 0 at the first full measure; over a pickup it is below 0. */
  readonly step: Steps
  readonly drum: Drum
  readonly velocity: Velocity
  /** How much later than its step it sounds, in milliseconds; negative is earlier. */
  readonly offsetMs: number
}

/** Drums for whole measures, to be looped. */
export type Groove = {
  readonly metre: Metre
  readonly measures: number
  /** The steps of a quarter note: 4, which are sixteenths, unless it says 6, which are triplets and their halves. */
  readonly stepsPerBeat?: 4 | 6
  /** Sorted by step, then in the order of `drums`; no drum twice on one step. */
  readonly hits: readonly DrumHit[]
}

/** A groove as it is written, and the same hits with a drummer's touch. */
export type TouchedGroove = { readonly plain: Groove; readonly felt: Groove }

/** The hits in a groove's order: by step, then in the order of `drums`. */
export function sortHits(hits: readonly DrumHit[]): DrumHit[] {
  return [...hits].sort((a, b) => a.step - b.step || drums.indexOf(a.drum) - drums.indexOf(b.drum))
}

/** The steps of a groove's measure. */
export function grooveSteps({ metre, stepsPerBeat = 4 }: Groove): Steps {
  return stepsPerMeasure(metre, { stepsPerBeat })
}

/**
 * Where a step of a groove is on the straight grid, before anything swings: the last triplet of a beat is its second eighth
 * there.
 */
export function hitBeat({ stepsPerBeat = 4 }: Pick<Groove, 'stepsPerBeat'>, step: Steps): Beats {
  return stepsPerBeat === 6 ? unswung(step / 6, { ratio: 2 / 3, pair: 1 }) : stepBeat(step)
}

/** A groove on sixteenths, for whoever knows no others: of two strokes that come together there, the louder one. */
export function onSixteenths(groove: Groove): Groove {
  if (groove.stepsPerBeat !== 6) return groove
  const { metre, measures } = groove
  const loudest = new Map<string, DrumHit>()
  for (const hit of groove.hits) {
    const step = nearestStep(hitBeat(groove, hit.step))
    const other = loudest.get(`${step} ${hit.drum}`)
    if (!other || other.velocity < hit.velocity) loudest.set(`${step} ${hit.drum}`, { ...hit, step })
  }
  return { metre, measures, hits: sortHits([...loudest.values()]) }
}

/** A groove as events for a model, one for each step: the drums that are struck together there. A pickup has none. */
export function grooveEvents(groove: Groove): ModelEvent[] {
  const events = new Array<ModelEvent>(groove.measures * grooveSteps(groove)).fill(0)
  for (const { step, drum } of groove.hits) {
    if (step >= 0) events[step] = (events[step] as ModelEvent) | drumEvent([drum])
  }
  return events
}
