import { type Beats, type Chord, type MidiPitch, type PitchClass, pitchClass } from '../../music/index.ts'

/** What is known when a key goes down, before its pitch is chosen. */
export type KeyPress = {
  /** When, in seconds from any moment. */
  readonly seconds: number
  readonly bpm: number
  /** Since the measure began. */
  readonly place: Beats
  /** The measure's length. */
  readonly measure: Beats
  /** When the previous note ended, in seconds; null while its key is held. */
  readonly released: number | null
  readonly chord: Chord | null
  /** The next different chord, at most 16 beats ahead. */
  readonly nextChord: Chord | null
  /** Until it sounds; 0 where there is none. */
  readonly beatsToNextChord: Beats
}

/** A phrase begins after a silence as long as this. */
export const phraseRestSeconds = 0.3

/** How many pitches are remembered in order, the last one included. */
const orderedPitches = 5

/** What is left of a pitch's weight at each pitch after it, until so little is left that it is forgotten. */
const memoryDecay = 0.9
const forgotten = 0.01

/** What is left of a pitch class's weight, and of the register, at each pitch. */
const slowDecay = 0.97

/**
 * What `solo` remembers of a line, by the rules of `training/ENCODINGS.md`: plain data, which nothing changes.
 * {@link withPitch} makes the next one.
 */
export type SoloMemory = {
  /** The last pitches, the newest first; at most five. */
  readonly pitches: readonly MidiPitch[]
  /** A weight for each of the 128 MIDI pitches: 1 for the last one, less the longer ago it was. */
  readonly weights: readonly number[]
  /** A weight for each of the 12 pitch classes, by how often it has sounded of late. */
  readonly key: readonly number[]
  /** A weight for each of the 12 pitch classes, by how often the chords have had it of late. */
  readonly harmony: readonly number[]
  /** A slow mean of the pitches, in semitones; 0 before the first. */
  readonly register: number
  /** When the last key went down, in seconds; null before the first. */
  readonly pressedSeconds: number | null
  /** The beats between the last two key presses; null before there are two. */
  readonly interOnset: Beats | null
  /** When the first key of this phrase went down, in seconds; 0 before the first. */
  readonly phraseSeconds: number
  /** How many notes this phrase has by now. */
  readonly phraseNotes: number
}

/** What `solo` remembers before anything has sounded. */
export const noSoloMemory: SoloMemory = {
  pitches: [],
  weights: Array(128).fill(0),
  key: Array(12).fill(0),
  harmony: Array(12).fill(0),
  register: 0,
  pressedSeconds: null,
  interOnset: null,
  phraseSeconds: 0,
  phraseNotes: 0,
}

/** What is remembered once a key press has sounded a pitch. */
export function withPitch(memory: SoloMemory, press: KeyPress, pitch: MidiPitch): SoloMemory {
  const { seconds, chord } = press
  const { pressedSeconds, register } = memory
  const isFirst = pressedSeconds === null
  const isPhrase = beginsPhrase(memory, press)
  return {
    pitches: [pitch, ...memory.pitches.slice(0, orderedPitches - 1)],
    weights: fadedTo(memory.weights, pitch),
    key: strengthened(memory.key, [pitchClass(pitch)]),
    harmony: chord ? strengthened(memory.harmony, chord.tones) : memory.harmony,
    register: isFirst ? pitch : register + (1 - slowDecay) * (pitch - register),
    pressedSeconds: seconds,
    interOnset: isFirst ? memory.interOnset : beatsSince(pressedSeconds, press),
    phraseSeconds: isPhrase ? seconds : memory.phraseSeconds,
    phraseNotes: isPhrase ? 1 : memory.phraseNotes + 1,
  }
}

/** The weights of pitches once one has sounded: the others fade. */
function fadedTo(weights: readonly number[], pitch: MidiPitch): readonly number[] {
  const next = weights.slice()
  for (let known = 0; known < next.length; known++) {
    const weight = next[known] as number
    if (weight > 0) next[known] = weight > forgotten ? weight * memoryDecay : 0
  }
  next[pitch] = 1
  return next
}

/** Whether a key press begins a phrase: the first one does, and each one after a rest. */
export function beginsPhrase({ pressedSeconds }: SoloMemory, { seconds, released }: KeyPress): boolean {
  return pressedSeconds === null || (released !== null && seconds - released >= phraseRestSeconds)
}

/** The beats from a moment, in seconds, to a key press, at the press's own tempo. */
export function beatsSince(then: number, { seconds, bpm }: KeyPress): Beats {
  return ((seconds - then) * bpm) / 60
}

/** The weights of pitch classes after these have sounded: all fade, and these grow. */
function strengthened(weights: readonly number[], sounding: readonly PitchClass[]): readonly number[] {
  const next = weights.map((weight) => weight * slowDecay)
  for (const tone of sounding) next[tone] = (next[tone] as number) + 1 - slowDecay
  return next
}
