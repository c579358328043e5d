import type { PitchRange } from '../../models/index.ts'
import type { Beats, ChordChange, Metre, Note } from '../../music/index.ts'
import type { Bpm, Swing } from '../../timing/index.ts'
import type { PlayedNote } from '../memory/index.ts'

/** How near a phrase stays to the call: it repeats it, begins with it and goes its own way, or does something else. */
export const closenesses = ['echo', 'vary', 'contrast'] as const

/** How near a phrase stays to the call. */
export type Closeness = (typeof closenesses)[number]

/** A turn that is to be filled with phrases. */
export type PhraseRequest = {
  /** What was played before, in the order of its onsets; beats from the turn's start, so those of the call are below 0. */
  readonly call: readonly Note[]
  /** The turn's length. */
  readonly beats: Beats
  /** Nothing begins before this beat of the turn: above 0 where its first part has been played already. */
  readonly from: Beats
  readonly metre: Metre
  /** Where in its measure the turn begins. */
  readonly place: Beats
  readonly bpm: Bpm
  readonly swing: Swing
  /** The changes of harmony, in rising order; beats from the turn's start. */
  readonly chords: readonly ChordChange[]
  readonly closeness: Closeness
  /** The sampling temperature; 1 is as the models learnt it. */
  readonly temperature: number
  /** From 0, the model alone decides, to 1, only tones of the chord and its scale. */
  readonly harmony: number
  /** From 0, as the models say, to 1: how much pitches, rhythm and touch go by what has been played. */
  readonly memory: number
  /** How surprising pitches and rhythm are to be to the performer's memory; as they come where nothing is said. */
  readonly pocket?: number
  /** Whether it gets there in the course of each phrase, from natural. */
  readonly builds?: boolean
  readonly range: PitchRange
  /** The same seed gives the same phrases. */
  readonly seed: number
}

/** The phrases of a turn; beats from the turn's start. All notes end before the turn does. */
export type PhraseAnswer = { readonly notes: readonly Note[] }

/** What a phrase goes by beside its call, as far as it is remembered; the oldest first. */
export type Remembered = {
  /** What both have played in this session, the call included. */
  readonly session: readonly PlayedNote[]
  /** What the performer plays. */
  readonly performer: readonly PlayedNote[]
}

/** Nothing has been played before the call, and nobody is known. */
export const nothingRemembered: Remembered = { session: [], performer: [] }
