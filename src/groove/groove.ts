import { drumEvent, type ModelEvent } from '../models/index.ts'
import type { Drum, Metre, Steps, Velocity } from '../music/index.ts'
import { drums, stepsPerMeasure } from '../music/index.ts'

/** One stroke of one drum. */
export type DrumHit = {
  /** The sixteenth it belongs to, from 0 at the first full measure; over a pickup it is below 0. */
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
  /** Sorted by step, then in the order of `drums`; no drum twice on one step. */
  readonly hits: readonly DrumHit[]
}

/** The hits in a groove's order: by step, then in the order of `drums`. */
export function sortHits(hits: readonly DrumHit[]): DrumHit[] {
  return [...hits].sort((a, b) => a.step - b.step || drums.indexOf(a.drum) - drums.indexOf(b.drum))
}

/** A groove as events for a model, one for each step: the drums that are struck together there. A pickup has none. */
export function grooveEvents({ metre, measures, hits }: Groove): ModelEvent[] {
  const events = new Array<ModelEvent>(measures * stepsPerMeasure(metre)).fill(0)
  for (const { step, drum } of hits) {
    if (step >= 0) events[step] = (events[step] as ModelEvent) | drumEvent([drum])
  }
  return events
}
