import { type Beats, type Metre, measureBeats, metreText } from '../../music/index.ts'
import {
  beatAt,
  type Seconds,
  type Swing,
  straight,
  swung,
  type Timeline,
  tempoAt,
  unswung,
} from '../../timing/index.ts'
import type { CoreState, Form, Transport } from '../core/index.ts'
import type { TransportState } from './state.ts'

/**
 * The measure that a beat is in, counted from the form's start, and how far into it the beat is. It agrees with
 * {@link measureStart}, whatever a division rounds to.
 */
export function measureAt(form: Form, beat: Beats): { measure: number; place: Beats } {
  const length = measureBeats(form.metre)
  const rounded = Math.floor((beat - form.beat) / length)
  const measure = measureStart(form, rounded + 1) <= beat ? rounded + 1 : rounded
  return { measure, place: Math.max(0, beat - form.beat - measure * length) }
}

/** Where a measure of the form begins. */
export function measureStart({ beat, metre }: Form, measure: number): Beats {
  return beat + measure * measureBeats(metre)
}

/** Where the next measure begins that is wholly after a beat. */
export function nextMeasure(form: Form, beat: Beats): Beats {
  return measureStart(form, measureAt(form, beat).measure + 1)
}

/** The form that a beat belongs to, with the one that is to come. */
export function formAt({ form, next }: Transport, beat: Beats): Form {
  return next && beat >= next.beat ? next : form
}

/** Whether two metres count the same measure. */
export function sameMetre(a: Metre, b: Metre): boolean {
  return a === b || metreText(a) === metreText(b)
}

/** How the session swings. */
export function swingOf({ settings }: TransportState): Swing {
  return { ratio: settings.swing, pair: settings['swing-sixteenths'] ? 0.5 : 1 }
}

/** Where a beat of the straight grid sounds. Pairs are counted from each measure's start; half a pair is not swung. */
export function swungIn(form: Form, beat: Beats, swing: Swing): Beats {
  return inMeasure(form, beat, swing, swung)
}

/** How long a note sounds, from its length and its beat on the straight grid. */
export function swungLength(form: Form, beat: Beats, beats: Beats, swing: Swing): Beats {
  if (swing.ratio === straight.ratio) return beats
  return swungIn(form, beat + beats, swing) - swungIn(form, beat, swing)
}

/** Where on the straight grid a swung beat belongs: the inverse of {@link swungIn}. */
export function unswungIn(form: Form, beat: Beats, swing: Swing): Beats {
  return inMeasure(form, beat, swing, unswung)
}

function inMeasure(form: Form, beat: Beats, swing: Swing, warp: typeof swung): Beats {
  if (swing.ratio === straight.ratio) return beat
  const { measure, place } = measureAt(form, beat)
  const whole = Math.floor(measureBeats(form.metre) / swing.pair) * swing.pair
  return place < whole ? measureStart(form, measure) + warp(place, swing) : beat
}

/** Where the music is, for whoever shows it. */
export type Position = {
  readonly playing: boolean
  readonly beat: Beats
  readonly bpm: number
  readonly metre: Metre
  /** From 1; 0 and below in the count-in. */
  readonly measure: number
  /** Of the measure's units, from 1. */
  readonly unit: number
}

/** Where the music is at a moment; where it is stopped, at the beginning, where it will play. */
export function positionAt({ transport }: Pick<CoreState, 'transport'>, at: Seconds): Position {
  const { playing, timeline } = transport
  const passing = beatAt(timeline, at)
  const beat = playing ? passing : transport.form.beat
  const form = formAt(transport, beat)
  const { measure, place } = measureAt(form, beat)
  return {
    playing,
    beat,
    bpm: tempoAt(timeline, passing),
    metre: form.metre,
    measure: measure + 1,
    unit: Math.floor((place * form.metre.denominator) / 4) + 1,
  }
}

/** A timeline without the checkpoints that nobody asks about any more. */
export function pruned(timeline: Timeline, beat: Beats): Timeline {
  const kept = timeline.findLastIndex((checkpoint) => checkpoint.beat <= beat - rememberedBeats)
  const [first, ...rest] = timeline.slice(Math.max(0, kept))
  return first ? [first, ...rest] : timeline
}

/** How far back events may still refer. */
const rememberedBeats: Beats = 16
