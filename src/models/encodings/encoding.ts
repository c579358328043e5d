import type { Chord } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'

/**
 * What happens at a step, as a number: for melodies a pitch, {@link hold} or {@link noteOff}; for drums the sum
 * of 2^class over the drums that sound.
 */
export type ModelEvent = number

/** Nothing begins at this step: a sounding note sounds on, a silence goes on. */
export const hold: ModelEvent = -2

/** The sounding note ends. */
export const noteOff: ModelEvent = -1

/** Between a model's numbers and music's events: one for each kind of Magenta model. */
export type Encoding = {
  readonly name: string
  /** What the events are, and so what a primer has to be. */
  readonly kind: 'melody' | 'drums'
  /** The pitches a melody may have, lowest and highest. */
  readonly range?: readonly [number, number]
  /** True when it takes a chord at each step. */
  readonly chords: boolean
  /** The length of an input row. */
  readonly inputs: number
  readonly classes: number
  /**
   * Fills a row with the input after the event at a step.
   *
   * @param events from the start of the sequence to at least this step.
   * @param next the chord of the step to come.
   */
  encode(row: InputRow, events: readonly ModelEvent[], step: number, next?: Chord | null): void
  /** The class that stands for the event at a step, given those before it. */
  label(events: readonly ModelEvent[], step: number): number
  /** The event that a class stands for after some events: the inverse of `label`. */
  decode(token: number, events: readonly ModelEvent[]): ModelEvent
}

/** Adds a number's bits, the lowest first, as 1 and −1. */
export function addBits(row: InputRow, offset: number, bits: number, value: number): void {
  for (let bit = 0; bit < bits; bit++) row.add(offset + bit, (value >>> bit) & 1 ? 1 : -1)
}
