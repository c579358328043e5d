import { classInterval, type KeyPress } from '../../models/index.ts'
import { type MidiPitch, pitchClass } from '../../music/index.ts'
import { chordKinds, keptChord } from '../memory/index.ts'
import { balanceWeights } from './balance-weights.ts'
import type { LogitBias } from './logit-bias.ts'

/** What {@link balance} goes by. */
export type BalanceOptions = {
  /** From 0, as the model and its memories say, to 1, as it was learnt. */
  readonly balance: number
}

/** Intervals are told apart up to an octave; before another one, up to a tritone. */
const [octave, tritone] = [12, 6]
const [intervals, near] = [2 * octave + 1, 2 * tritone + 1]

/** On the beat, on its second eighth, straight or swung, and elsewhere; tones of the chord, of its scale, foreign ones, and those without a chord. */
const [phases, tones, degrees] = [3, 4, 12]

/** Where the features of each kind begin among the weights: {@link featuresAt} finds them. */
const at = {
  toneOnBeat: 0,
  toneBy: phases * tones,
  beatBy: phases * tones + tones * intervals,
  degree: phases * tones + (tones + phases) * intervals,
  after: phases * tones + (tones + phases) * intervals + chordKinds.length * degrees,
}

/** How many features there are. */
export const balanceFeatures: number = at.after + near * near

/** How many of them a note has. */
export const featuresOfNote = 5

/** The features of a note are noted here; −1 stands for none. */
export type NoteFeatures = Int16Array

/**
 * Makes what notes the features of a note by its interval from the last one: its tone by the place in the beat, the interval to
 * each kind of tone and on each place in the beat, its degree by the kind of chord, and the interval by the one before.
 *
 * @param before the pitch before the last one.
 */
export function featuresAt(
  { chord, place }: Pick<KeyPress, 'chord' | 'place'>,
  last: MidiPitch,
  before: MidiPitch | undefined,
): (interval: number, features: NoteFeatures) => void {
  const twelfth = Math.floor(12 * place + 0.5) % 12
  const phase = twelfth === 0 ? 0 : twelfth === 6 || twelfth === 8 ? 1 : 2
  const previous = before === undefined ? null : within(last - before, tritone) + tritone
  const kept = chord && keptChord(chord)
  const kind = kept ? chordKinds.indexOf(kept.kind) : -1
  return (interval: number, features: NoteFeatures) => {
    const pitch = pitchClass(last + interval)
    const tone = !chord ? 3 : chord.tones.includes(pitch) ? 0 : chord.scale.includes(pitch) ? 1 : 2
    const size = within(interval, octave) + octave
    features[0] = at.toneOnBeat + phase * tones + tone
    features[1] = at.toneBy + tone * intervals + size
    features[2] = at.beatBy + phase * intervals + size
    features[3] = kept ? at.degree + kind * degrees + pitchClass(pitch - kept.root) : -1
    features[4] = previous === null ? -1 : at.after + previous * near + within(interval, tritone) + tritone
  }
}

/**
 * Gives lines the balance of soloists: what the model and its memories play too much of when they go by their own notes, such as
 * chromatic runs, comes less, and what they play too little of, such as tones of the chord on the beat, comes more.
 */
export const balance: LogitBias<BalanceOptions> = (bias, { last, sounded, press }, { balance }) => {
  if (balance === 0) return
  const noteFeatures = featuresAt(press, last, sounded.pitches[1])
  // The features of an octave tell those of all tones: what is left is the interval, by its kind of tone, place and the one before.
  for (let tone = 0; tone < degrees; tone++) {
    noteFeatures(tone, features)
    byTone[tone] = weightOf(features[0] as number) + weightOf(features[3] as number)
    toneBy[tone] = (features[1] as number) - tone
  }
  const beatAt = (features[2] as number) - (degrees - 1)
  const after = features[4] as number
  const afterAt = after < 0 ? null : after - tritone
  for (let token = 0; token < bias.length; token++) {
    const interval = classInterval(token)
    const size = within(interval, octave)
    const tone = (interval + 10 * degrees) % degrees
    let weight = (byTone[tone] as number) + weightOf((toneBy[tone] as number) + size) + weightOf(beatAt + size)
    if (afterAt !== null) weight += weightOf(afterAt + within(interval, tritone))
    bias[token] = (bias[token] as number) + balance * weight
  }
}

const features: NoteFeatures = new Int16Array(featuresOfNote)
const byTone = new Float64Array(degrees)
const toneBy = new Int16Array(degrees)

function weightOf(feature: number): number {
  return feature < 0 ? 0 : (balanceWeights[feature] as number)
}

function within(interval: number, most: number): number {
  return Math.max(-most, Math.min(most, interval))
}
