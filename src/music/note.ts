import { mod } from './modulo.ts'

/** A position or length in quarter notes, in every metre: the sequencer's and MIDI's beat. */
export type Beats = number

/** Beats that are nearer to each other than this are the same: sums and clocks round. */
export const rounding: Beats = 1e-6

/** A MIDI note number, an integer from 0 to 127; 60 is middle C (C4). */
export type MidiPitch = number

/** A MIDI velocity that sounds, an integer from 1 (softest) to 127. */
export type Velocity = number

/** A pitch class: 0 is C, 11 is B. */
export type PitchClass = number

/** A sounded note. */
export type Note = {
  readonly pitch: MidiPitch
  readonly velocity: Velocity
  /** Onset, from the start of the music. */
  readonly beat: Beats
  /** Duration. */
  readonly beats: Beats
}

/** The nearest velocity that MIDI can carry: an integer from 1 to 127. */
export function clampVelocity(velocity: number): Velocity {
  return Math.min(127, Math.max(1, Math.round(velocity)))
}

/**
 * The pitch class of a pitch.
 *
 * @example pitchClass(62) // => 2, a D
 */
export function pitchClass(pitch: MidiPitch): PitchClass {
  return mod(pitch, 12)
}

/** Whether the key of a pitch is a black one. */
export function isBlackKey(pitch: MidiPitch): boolean {
  return [1, 3, 6, 8, 10].includes(pitchClass(pitch))
}

/**
 * The name of a pitch with its octave, spelled with flats.
 *
 * @example pitchName(60) // => 'C4'
 */
export function pitchName(pitch: MidiPitch): string {
  return `${names[pitchClass(pitch)]}${Math.floor(pitch / 12) - 1}`
}

const names = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B']
