import {
  type ContinuationRequest,
  fittingKeys,
  type ModelEvent,
  pitchCounts,
  type SequenceEncoding,
} from '../models/index.ts'
import { type Chord, isDiatonic, type MidiPitch, pitchClass, type Steps } from '../music/index.ts'

/**
 * An answer goes this many semitones beyond the range of its call, which counts as an octave at least: of what soloists play
 * after 20 notes, 2.5 % is further away.
 */
const beyondCall = 7
const leastRange = 12

/** The tonic triad of a major key, and the tonic of its relative minor. */
const restingDegrees = [0, 4, 7, 9]

/**
 * What is added to the score of a tone that is neither in the key nor in the call, where the call is wholly in one key, and
 * from which share of a call in its key on. Of what follows such calls in solos and tunes, 88 % is in the key; the model
 * alone has 75 %.
 */
const foreignBias = -0.8
const leastInKey = 0.75

/**
 * What keeps an answer near its call: in its range and, where no chord says otherwise, in its key as far as the call is.
 * Its last note comes to rest on a tone of the chord, or of the key. For one continuation.
 *
 * @param call at least one pitch.
 * @param chords at each step of the answer.
 * @param notes how many the answer has.
 */
export function nearCall(
  encoding: SequenceEncoding,
  call: readonly ModelEvent[],
  chords: readonly (Chord | null)[],
  notes: number,
): NonNullable<ContinuationRequest['biasAt']> {
  const pitches = call.filter((event) => event >= 0)
  const [lowest, highest] = [Math.min(...pitches), Math.max(...pitches)]
  const beyond = beyondCall + Math.max(0, (leastRange - (highest - lowest)) / 2)
  const counts = pitchCounts(pitches)
  const keys = fittingKeys(counts)
  const [tonic = 0] = keys
  const tonicTones = restingDegrees.map((degree) => pitchClass(tonic + degree))
  const isForeign = (pitch: MidiPitch) => !counts[pitchClass(pitch)] && keys.every((key) => !isDiatonic(pitch - key, 0))
  const share = pitches.filter((pitch) => isDiatonic(pitch - tonic, 0)).length / pitches.length
  const lean = chords.some(Boolean) ? 0 : foreignBias * (Math.max(0, share - leastInKey) / (1 - leastInKey)) ** 2
  const mayBegin = (pitch: MidiPitch, step: Steps, isLast: boolean) =>
    pitch >= lowest - beyond &&
    pitch <= highest + beyond &&
    (!isLast || (chords[step]?.tones ?? tonicTones).includes(pitchClass(pitch)))

  const bias = new Float32Array(encoding.classes)
  let begun = 0
  return (step, events) => {
    const hasBegun = step > 0 && (events.at(-1) as ModelEvent) >= 0
    if (hasBegun) begun++
    const isLast = begun === notes - 1
    // Until a note begins the same ones may, but for the last.
    if (step > 0 && !hasBegun && !isLast) return bias
    for (let token = 0; token < encoding.classes; token++) {
      const event = encoding.decode(token, events)
      if (event < 0) continue
      bias[token] = !mayBegin(event, step, isLast) ? Number.NEGATIVE_INFINITY : isForeign(event) ? lean : 0
    }
    return bias
  }
}
