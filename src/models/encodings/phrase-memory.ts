import type { Beats, MidiPitch } from '../../music/index.ts'

/** A place or a length in twelfths of a beat; in compound metres the beat is a dotted quarter note. */
export type Twelfths = number

/** What is known when a note begins, before it is known how it is played. */
export type Onset = {
  /** From any moment that is a beat. */
  readonly time: Twelfths
  /** In its own beats. */
  readonly bpm: number
  /** Since the measure began. */
  readonly place: Twelfths
  /** The measure's length. */
  readonly measure: Twelfths
  /** Whether a phrase begins with it. */
  readonly begins: boolean
  /** Whether there is a chord, and how long until the next one; 0 where none is known. */
  readonly chord: boolean
  readonly beatsToNextChord: Beats
  /** How long until the last note of its phrase begins; null where that is not planned. */
  readonly left: Twelfths | null
}

/** What is left of the habits, and of the register, at each note. */
const fading = { pace: 0.9, rest: 0.7, register: 0.95 } as const

/** No distance counts for more. */
export const longestDistance: Twelfths = 96

/**
 * What `phrase` remembers of a line, by the rules of `training/ENCODINGS.md`: plain data, which nothing changes.
 * {@link withTouch} and {@link withOnset} make the next one.
 */
export type PhraseMemory = {
  readonly last: Onset | null
  /** From onset to onset, the newest first; at most two. */
  readonly distances: readonly Twelfths[]
  /** How long the notes sounded, the newest first; at most two. */
  readonly lengths: readonly Beats[]
  /** How loud they were, in standard deviations over the mean; at most three. */
  readonly loudness: readonly number[]
  /** The newest first; at most two. */
  readonly pitches: readonly MidiPitch[]
  /** A slow mean of the pitches. */
  readonly register: number
  readonly phraseStart: Twelfths
  readonly phraseNotes: number
  /** Slow means: of log2 of the beats between the onsets of a phrase, of how legato it is, and of the rests. */
  readonly pace: number | null
  readonly legato: number | null
  readonly rest: number | null
}

/** What `phrase` remembers before anything has sounded. */
export const noPhraseMemory: PhraseMemory = {
  last: null,
  distances: [],
  lengths: [],
  loudness: [],
  pitches: [],
  register: 0,
  phraseStart: 0,
  phraseNotes: 0,
  pace: null,
  legato: null,
  rest: null,
}

/** What is remembered once it is known for how long the last note sounds, and how loud it is. */
export function withTouch(memory: PhraseMemory, beats: Beats, loudness: number): PhraseMemory {
  return {
    ...memory,
    lengths: [beats, ...memory.lengths.slice(0, 1)],
    loudness: [Math.min(3, Math.max(-3, loudness)), ...memory.loudness.slice(0, 2)],
  }
}

/** What is remembered once a note has begun; the touch of the note before it is remembered already. */
export function withOnset(memory: PhraseMemory, onset: Onset, pitch: MidiPitch): PhraseMemory {
  const { last, pitches, register } = memory
  const isPhrase = onset.begins || !last
  return {
    ...memory,
    ...(last && habitsAfter(memory, last, onset)),
    distances: last ? [onset.time - last.time, ...memory.distances.slice(0, 1)] : [],
    pitches: [pitch, ...pitches.slice(0, 1)],
    register: pitches.length === 0 ? pitch : register + (1 - fading.register) * (pitch - register),
    phraseStart: isPhrase ? onset.time : memory.phraseStart,
    phraseNotes: isPhrase ? 1 : memory.phraseNotes + 1,
    last: onset,
  }
}

function habitsAfter({ rest, pace, legato, lengths: [sounded = 0] }: PhraseMemory, last: Onset, onset: Onset) {
  const beats = Math.min(longestDistance, Math.max(1, onset.time - last.time)) / 12
  if (onset.begins) return { rest: faded(rest, Math.log2(1 + beats), fading.rest) }
  return {
    pace: faded(pace, Math.log2(beats), fading.pace),
    legato: faded(legato, Math.min(1, sounded / beats), fading.pace),
  }
}

function faded(known: number | null, value: number, left: number): number {
  return known === null ? value : left * known + (1 - left) * value
}
