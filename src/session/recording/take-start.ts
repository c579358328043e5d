import { type Beats, measureBeats } from '../../music/index.ts'
import type { Form } from '../core/index.ts'
import { measureAt, measureStart, nextMeasure } from '../transport/index.ts'

/** From this part of a measure on, a first note is a pickup to the next. */
const pickupPart = 0.3

/** The longest pickup may be early, too. */
export const early: Beats = 1 / 8

/**
 * A first note is early, not late, up to this long before its bar line, or half a beat: whichever is more, but no more
 * than half a measure.
 */
const earlySeconds = 0.1
const earlyBeats: Beats = 1 / 2

/** The measure's start that a note belongs to, which may be a little early for it. */
export function nearMeasureStart(form: Form, beat: Beats, bpm: number): Beats {
  const next = nextMeasure(form, beat)
  const least = Math.min(measureBeats(form.metre) / 2, Math.max(earlyBeats, (earlySeconds * bpm) / 60))
  return next - beat <= least ? next : measureStart(form, measureAt(form, beat).measure)
}

/**
 * Beat one of a take, by its first note: the start of its measure, or of the next, to which it is a pickup. A
 * performer who was counted in begins where the count-in ends, after at most a measure of pickup. Null for a note that is too early.
 */
export function takeStart(form: Form, beat: Beats, bpm: number, counted: boolean): Beats | null {
  const length = measureBeats(form.metre)
  if (beat < form.beat) return beat < form.beat - length - early ? null : form.beat
  const { measure, place } = measureAt(form, beat)
  if (counted && measure === 0) return nearMeasureStart(form, beat, bpm)
  return measureStart(form, measure + (place < pickupPart * length ? 0 : 1))
}
