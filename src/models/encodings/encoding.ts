import type { Chord, Metre, MidiPitch, PitchClass, Steps } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'
import type { DrummerBrief } from './drummer.ts'

/**
 * What happens at a step, as a number: for melodies a pitch, {@link hold} or {@link noteOff}; for drums the sum
 * of 2^class over the drums that sound.
 */
export type ModelEvent = number

/** Nothing begins at this step: a sounding note sounds on, a silence goes on. */
export const hold: ModelEvent = -2

/** The sounding note ends. */
export const noteOff: ModelEvent = -1

/** A pitch range: the lowest and the highest MIDI pitch, both included. */
export type PitchRange = readonly [MidiPitch, MidiPitch]

/** What is known of a sequence besides its events. */
export type Setting = {
  /** The chord at each step; the last one lasts. Only for encodings that take chords. */
  readonly chords?: readonly (Chord | null)[]
  /** 4/4 unless it is given. Only for encodings that take the metre, as all that follows. */
  readonly metre?: Metre
  /** Where in its measure the sequence begins; 0 unless it is given. */
  readonly firstPlace?: Steps
  /** A groove, as events, that the sequence answers from a step on, place by place, over and over. */
  readonly answer?: { readonly to: readonly ModelEvent[]; readonly from: Steps }
  /** What a drummer is asked for. */
  readonly brief?: DrummerBrief
}

/** How a model's numbers stand for music. */
export type Encoding = SequenceEncoding | NotewiseEncoding

/** How a model's numbers stand for a sequence of events, one a step, which the model can continue by itself. */
export type SequenceEncoding = {
  readonly name: string
  /** What the events are, and so what a primer has to be. */
  readonly kind: 'melody' | 'drums'
  /** The pitches that a melody may have. */
  readonly range?: PitchRange
  /** The tonic of the one major key in which its models know melodies; null where they know them in every key. */
  readonly key?: PitchClass | null
  /** True when it takes a chord at each step. */
  readonly chords: boolean
  /**
   * True when it takes the metre. Its rows then say what is known before the step to come rather than after one,
   * so that the first row comes before any event, and a melody begins with its first note.
   */
  readonly metre: boolean
  /** The length of an input row. */
  readonly inputs: number
  /** How many events the model chooses from at each step. */
  readonly classes: number
  /**
   * Fills a row with the input after the event at a step.
   *
   * @param events from the start of the sequence to at least this step.
   * @param step −1, before any event, only where it takes the metre.
   */
  encode(row: InputRow, events: readonly ModelEvent[], step: number, setting?: Setting): void
  /** The class that stands for the event at a step, given those before it. */
  label(events: readonly ModelEvent[], step: number): number
  /** The event that a class stands for after some events: the inverse of `label`. */
  decode(token: number, events: readonly ModelEvent[]): ModelEvent
}

/**
 * How a model's numbers stand for one note at a time, which somebody else plays: the pitch of a key press, the touch of a
 * hit; or what comes after it. The functions that fill its rows are its own: `encodeSolo`, `encodeFeel`, `encodePhrase`.
 */
export type NotewiseEncoding = {
  readonly name: string
  readonly kind: 'solo' | 'feel' | 'phrase'
  /** What it does instead of playing sequences, as the end of a sentence that begins with the model's name. */
  readonly job: string
  /** The length of an input row. */
  readonly inputs: number
  /** How many numbers the model answers with. */
  readonly classes: number
}

/** Adds a number's bits, the lowest first, as 1 and −1. */
export function addBits(row: InputRow, offset: number, bits: number, value: number): void {
  for (let bit = 0; bit < bits; bit++) row.add(offset + bit, (value >>> bit) & 1 ? 1 : -1)
}
