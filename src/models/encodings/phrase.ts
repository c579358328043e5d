import { type Beats, mod } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'
import type { NotewiseEncoding } from './encoding.ts'
import { fields } from './fields.ts'
import { longestDistance, type Onset, type PhraseMemory, type Twelfths } from './phrase-memory.ts'
import { addTimeToChord, chordAheadBeats, clamp } from './relative-fields.ts'

/** The longest distance that each of the last three shows. */
const lags = [96, 36, 24] as const

/** Lengths are in quarter powers of two of a beat: from a sixteenth of a beat to eight beats. */
const [shortest, longest] = [-16, 12]

const largestInterval = 12
const distances = longestDistance + 1
const lengths = longest - shortest + 1
const nearLeft: Twelfths = 24
const farLeft = 30

/** Where each field begins. */
const at = fields({
  lag1: lags[0] + 1,
  lag2: lags[1] + 1,
  lag3: lags[2] + 1,
  length1: lengths,
  length2: 1,
  loudness: 3,
  interval: 2 * largestInterval + 1,
  height: 1,
  phase: 12,
  beat: 8,
  toEnd: 8,
  measure: 1,
  tempo: 1,
  phrase: 3,
  chord: 1,
  ahead: chordAheadBeats.length,
  left: 1,
  leftNear: nearLeft + 1,
  leftFar: farLeft,
  pace: 1,
  legato: 1,
  rest: 1,
  end: 0,
})

/** Where each part of the answer begins. */
const answer = fields({ distance: 2 * distances, length: lengths, loudness: 1, spread: 1, end: 0 })

/** The encoding of our own `phrase` (`training/ENCODINGS.md`): a note that begins in, what comes after it out. */
export const phraseEncoding: NotewiseEncoding = {
  name: 'phrase',
  kind: 'phrase',
  job: 'says when the next note of a phrase comes and how it is played, and has no pitches of its own',
  inputs: at.end,
  classes: answer.end,
}

/** Fills a row with a note that begins and what was played before it. Nothing is allocated. */
export function encodePhrase(row: InputRow, memory: PhraseMemory, onset: Onset): void {
  row.clear()
  addLags(row, memory, onset)
  addTouch(row, memory)
  addPlace(row, onset)
  addPhrase(row, memory, onset)
  for (const habit of ['pace', 'legato', 'rest'] as const) {
    const value = memory[habit]
    if (value !== null) row.add(at[habit], value)
  }
}

/** A distance to the next onset, and whether the phrase ends with this one. */
export type PhraseStep = { readonly distance: Twelfths; readonly ends: boolean }

/** How many classes a step has. */
export const stepClasses = 2 * distances

/** The step that a class stands for. */
export function stepOf(token: number): PhraseStep {
  return { distance: token % distances, ends: token >= distances }
}

/** What `phrase` answered: the scores of the steps from this onset, and how the note before it is played. */
export function phraseAnswer(logits: Float32Array): {
  readonly steps: Float32Array
  /** Of the classes of lengths, see {@link lengthOf}. */
  readonly lengths: Float32Array
  /** The middle, and the scale of a Laplace distribution, in standard deviations over the mean. */
  readonly loudness: number
  readonly spread: number
} {
  return {
    steps: logits.subarray(answer.distance, answer.length),
    lengths: logits.subarray(answer.length, answer.loudness),
    loudness: logits[answer.loudness] as number,
    spread: Math.exp(clamp(logits[answer.spread] as number, -4, 4)),
  }
}

/** How many classes of lengths there are. */
export const lengthClasses = lengths

/** The length that a class of lengths stands for. @param within where in the class, from −1/2 to 1/2. */
export function lengthOf(token: number, within = 0): Beats {
  return 2 ** ((token + shortest + within) / 4)
}

function addLags(row: InputRow, { last, distances }: PhraseMemory, { time }: Onset): void {
  if (!last) return
  row.add(at.lag1 + Math.min(lags[0], time - last.time))
  const [second, third] = distances
  if (second !== undefined) row.add(at.lag2 + Math.min(lags[1], second))
  if (third !== undefined) row.add(at.lag3 + Math.min(lags[2], third))
}

function addTouch(row: InputRow, { lengths: sounded, loudness, pitches, register }: PhraseMemory): void {
  const [length, before] = sounded
  if (length !== undefined) row.add(at.length1 + lengthClass(length))
  if (before !== undefined) row.add(at.length2, (lengthClass(before) + shortest) / 8)
  for (let lag = 0; lag < loudness.length; lag++) row.add(at.loudness + lag, loudness[lag])
  const [pitch, pitchBefore] = pitches
  if (pitch === undefined) return
  if (pitchBefore !== undefined) {
    row.add(at.interval + largestInterval + clamp(pitch - pitchBefore, -largestInterval, largestInterval))
  }
  row.add(at.height, (pitch - register) / 12)
}

function addPlace(row: InputRow, { place, measure, bpm }: Onset): void {
  const within = mod(place, measure)
  row
    .add(at.phase + (within % 12))
    .add(at.beat + Math.min(7, Math.floor(within / 12)))
    .add(at.toEnd + Math.min(7, Math.floor((measure - 1 - within) / 12)))
    .add(at.measure, Math.log2(measure / 48))
    .add(at.tempo, clamp(Math.log2(bpm / 120), -2, 2))
}

function addPhrase(row: InputRow, memory: PhraseMemory, { time, begins, chord, beatsToNextChord, left }: Onset): void {
  if (begins || !memory.last) row.add(at.phrase)
  else {
    row
      .add(at.phrase + 1, Math.log2(1 + (time - memory.phraseStart) / 12) / 4)
      .add(at.phrase + 2, Math.log2(1 + memory.phraseNotes) / 4)
  }
  if (chord) {
    row.add(at.chord)
    if (beatsToNextChord > 0) addTimeToChord(row, at.ahead, beatsToNextChord)
  }
  if (left === null) return
  row.add(at.left)
  if (left <= nearLeft) row.add(at.leftNear + left)
  else row.add(at.leftFar + Math.min(farLeft - 1, Math.floor((left - nearLeft - 1) / 6)))
}

/** The class of a length. */
export function lengthClass(beats: Beats): number {
  return clamp(Math.round(4 * Math.log2(Math.max(0.001, beats))), shortest, longest) - shortest
}
