import type { ModelEvent } from '../../src/models/index.ts'
import { drums, type Metre, stepsPerMeasure } from '../../src/music/index.ts'
import { mean } from '../mean.ts'

/** Two measures as events. */
export type Pair = { readonly metre: Metre; readonly events: readonly ModelEvent[] }

/** Two measures, each cut to a metre that is no longer. */
export function cut({ metre, events }: Pair, shorter: Metre): Pair {
  const half = stepsPerMeasure(metre)
  const length = stepsPerMeasure(shorter)
  return { metre: shorter, events: [...events.slice(0, length), ...events.slice(half, half + length)] }
}

/** Hits a measure of each drum, in the order of `drums`. */
export function densities(pairs: readonly Pair[]): number[] {
  return drums.map((_, bit) => mean(pairs.map(({ events }) => events.filter((event) => (event >> bit) & 1).length / 2)))
}

/** More drums on one step than a drummer plays. */
const fullKit = 6

/** Whether a groove fails: it has no hit at all, or nearly the whole kit on one step. */
export function fails({ events }: Pair): boolean {
  return events.every((event) => event === 0) || events.some((event) => hits(event) >= fullKit)
}

/** Whether a measure of a groove has no hit: a pause, or the model has lost the thread. */
export function pauses(pair: Pair): boolean {
  return measuresOf(pair).some((measure) => measure.every((event) => event === 0))
}

/** The hits that two grooves share, of all hits of either (Jaccard). */
export function overlap(a: readonly ModelEvent[], b: readonly ModelEvent[]): number {
  let both = 0
  let either = 0
  for (let step = 0; step < a.length; step++) {
    both += hits((a[step] as ModelEvent) & (b[step] as ModelEvent))
    either += hits((a[step] as ModelEvent) | (b[step] as ModelEvent))
  }
  return either === 0 ? 1 : both / either
}

/** The mean overlap of each measure with the nearest of many human ones. */
export function likeness(pairs: readonly Pair[], human: readonly (readonly ModelEvent[])[]): number {
  return mean(
    pairs.flatMap(measuresOf).map((measure) => human.reduce((most, each) => Math.max(most, overlap(measure, each)), 0)),
  )
}

/** A groove's whole measures, step by step. */
export function measuresOf({ metre, events }: Pair): ModelEvent[][] {
  const length = stepsPerMeasure(metre)
  return Array.from({ length: Math.floor(events.length / length) }, (_, index) =>
    events.slice(index * length, (index + 1) * length),
  )
}

const hitCounts = Array.from(
  { length: 2 ** drums.length },
  (_, event) => drums.filter((_, bit) => (event >> bit) & 1).length,
)

function hits(event: ModelEvent): number {
  return hitCounts[event] as number
}
