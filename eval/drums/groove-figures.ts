import type { Bassline, Groove } from '../../src/groove/index.ts'
import { drumEvent, type ModelEvent } from '../../src/models/index.ts'
import {
  type Drum,
  type DrumStyle,
  drums,
  fourFour,
  type Metre,
  metreName,
  stepsPerMeasure,
} from '../../src/music/index.ts'
import type { Take } from '../corpora/groove.ts'
import { mean } from '../mean.ts'

/** Four measures of a drummer's kicks: a bassline to ask for drums with. */
export type Kicks = { readonly bass: Bassline; readonly style: DrumStyle | undefined }

/** The measures of a groove that is asked for. */
export const measures = 4

const cymbals = drumEvent(['closed-hat', 'open-hat', 'crash', 'ride'])
const timekeepers = drumEvent(['closed-hat', 'open-hat', 'ride'])
/** On triplets: the beats, and the swung notes after two and four. */
const swungTime = [0, 6, 10, 12, 18, 22]

/** How well kicks agree with a bassline's onsets: F1. */
export function agreement({ hits }: Groove, { notes }: Bassline): number {
  const onsets = new Set(notes.map(({ step }) => step))
  const struck = hits.filter(({ drum }) => drum === 'kick')
  const both = struck.filter(({ step }) => onsets.has(step)).length
  return (2 * both) / (struck.length + onsets.size)
}

/** The strokes that two grooves share, of all strokes of either. */
export function overlapOf(a: Groove, b: Groove): number {
  const strokes = (groove: Groove) => new Set(groove.hits.map(({ step, drum }) => `${step} ${drum}`))
  const [one, other] = [strokes(a), strokes(b)]
  const both = [...one].filter((stroke) => other.has(stroke)).length
  return both / Math.max(1, one.size + other.size - both)
}

/** The share of strokes that sound with others at a step whose spread is at most 10 ms. */
export function shareTogether({ hits }: Groove): number {
  const steps = [...new Set(hits.map(({ step }) => step))]
  const moments = steps.map((at) => hits.filter(({ step }) => step === at)).filter((moment) => moment.length > 1)
  const isTight = (moment: typeof hits) => {
    const late = moment.map(({ offsetMs }) => offsetMs)
    return Math.max(...late) - Math.min(...late) <= 10
  }
  return moments.length === 0 ? 1 : moments.filter(isTight).length / moments.length
}

/** The kicks of a take, four measures at a time. */
export function kicksOf({ events, style }: Take): Kicks[] {
  const length = measures * stepsPerMeasure(fourFour)
  return Array.from({ length: Math.floor(events.length / length) }, (_, index) => {
    const played = events.slice(index * length, (index + 1) * length)
    const notes = played.flatMap((event, step) => (event & 1 ? [{ step, steps: 1, pitch: 36, velocity: 100 }] : []))
    return { style, bass: { metre: fourFour, measures, notes } }
  }).filter(({ bass }) => bass.notes.length >= measures)
}

/** A bassline cut to a metre, or repeated into it. */
export function inMetre({ notes }: Bassline, metre: Metre): Bassline {
  const length = measures * stepsPerMeasure(metre)
  return { metre, measures, notes: notes.filter(({ step }) => step < length) }
}

/** A bass that walks on the beats. */
export function walking(count: number): Bassline {
  const notes = Array.from({ length: 4 * count }, (_, beat) => ({ step: 4 * beat, steps: 4, pitch: 40, velocity: 90 }))
  return { metre: fourFour, measures: count, notes }
}

/** Whole measures of events. */
export function measuresOf(events: readonly ModelEvent[], length: number): ModelEvent[][] {
  return Array.from({ length: Math.floor(events.length / length) }, (_, index) =>
    events.slice(index * length, (index + 1) * length),
  )
}

/** The share of measures without hat, ride or crash, of those with any hit. */
export function shareBare(all: readonly (readonly ModelEvent[])[]): number {
  const played = all.filter((measure) => measure.some(Boolean))
  return played.filter((measure) => !measure.some((event) => event & cymbals)).length / Math.max(1, played.length)
}

/** The share of measures on triplets in which ride or hat are on all four beats and on the swung notes after two and four. */
export function shareInTime(all: readonly (readonly ModelEvent[])[]): number {
  return mean(all.map((measure) => Number(swungTime.every((step) => (measure[step] ?? 0) & timekeepers))))
}

/** Whether a fill is played on it. */
export function isRolled(drum: Drum): boolean {
  return drum === 'snare' || drum.endsWith('tom')
}

/** Whether a take is in 4/4, on sixteenths. */
export function isStraight({ metre }: Take): boolean {
  return metreName(metre) === metreName(fourFour)
}

/** A value of a list, which comes round again. */
export function at<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T
}

/** For each drum, the strokes a measure that 1 and 99 of 100 measures have no more of. */
export function usualCounts(all: readonly (readonly ModelEvent[])[]): (readonly [least: number, most: number])[] {
  return drums.map((_, bit) => {
    const counts = all.map((measure) => countOf(measure, bit)).sort((a, b) => a - b)
    const rank = (share: number) => counts[Math.round(share * (counts.length - 1))] ?? 0
    return [rank(0.01), rank(0.99)]
  })
}

/** The share of measures and drums whose strokes are within bounds. */
export function shareUsual(
  all: readonly (readonly ModelEvent[])[],
  bounds: readonly (readonly [number, number])[],
): number {
  return mean(
    all.flatMap((measure) =>
      bounds.map(([least, most], bit) => {
        const count = countOf(measure, bit)
        return Number(count >= least && count <= most)
      }),
    ),
  )
}

function countOf(measure: readonly ModelEvent[], bit: number): number {
  return measure.filter((event) => (event >> bit) & 1).length
}
