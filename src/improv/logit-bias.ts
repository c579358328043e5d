import { intervalClass, type PitchRange } from '../models/index.ts'
import { type Chord, type MidiPitch, pitchClass } from '../music/index.ts'

/** How far the performer's dials lead a model's choice of pitch. */
export type Leaning = {
  /** From 0, as the model says, to 1, only tones of the chord and its scale. */
  readonly harmony: number
  /** From 0, as the model says, to 1, only the way that the hand went. */
  readonly contour: number
  /** How far the hand went since the key before, in semitones; null where that is not known. */
  readonly hand: number | null
  /** The pitches that may sound, at least an octave of them. */
  readonly range: PitchRange
}

/** As good as never, at any temperature. A range counts for more than harmony, and that for more than contour. */
const never = { contour: -1e3, harmony: -1e4, range: -1e5 }

const middle = intervalClass(0)

/**
 * Fills what the dials add to a model's scores, a number for each interval from the last pitch. A dial at d leaves
 * an interval that it speaks against 1 − d of its probability; at 1 such an interval is chosen only where there is no
 * other.
 */
export function lean(
  bias: Float64Array,
  last: MidiPitch,
  chord: Chord | null,
  { harmony, contour, hand, range: [lowest, highest] }: Leaning,
): void {
  const outside = Math.max(never.harmony, Math.log(1 - harmony))
  const against = Math.max(never.contour, Math.log(1 - contour))
  for (let token = 0; token < bias.length; token++) {
    const interval = token - middle
    const pitch = last + interval
    let sum = 0
    if (chord && !chord.scale.includes(pitchClass(pitch))) sum += outside
    if (hand !== null && Math.sign(interval) !== Math.sign(hand)) sum += against
    if (pitch < lowest || pitch > highest) sum += never.range
    bias[token] = sum
  }
}

/** Keys that are not neighbours stay so: a key between them finds its place. */
const room = 2

/**
 * The pitch of another key of a chord, whose first key has its pitch: the hand's shape, moved to where the line is and
 * bent to the harmony, on the same side of its neighbours as the keys.
 *
 * @param played the key.
 * @param others the chord's other keys that are down, with what they sound; at least one.
 * @param harmony where above 0, the nearest tone of the chord's scale is taken.
 */
export function chordVoice(
  played: MidiPitch,
  others: readonly { readonly key: MidiPitch; readonly pitch: MidiPitch }[],
  chord: Chord | null,
  harmony: number,
): MidiPitch {
  const [first = { key: played, pitch: played }] = others
  const wanted = first.pitch + played - first.key
  const taken = (pitch: number) => others.some((other) => other.pitch === pitch)
  const apart = (pitch: number, least: number) =>
    !taken(pitch) &&
    others.every((other) => {
      const hand = played - other.key
      return (pitch - other.pitch) * Math.sign(hand) >= Math.min(least, Math.abs(hand))
    })
  const fits = (pitch: number) => !chord || harmony === 0 || chord.scale.includes(pitchClass(pitch))
  return (
    nearest(wanted, (pitch) => apart(pitch, room) && fits(pitch)) ??
    nearest(wanted, (pitch) => apart(pitch, room)) ??
    nearest(wanted, (pitch) => apart(pitch, 1)) ??
    nearest(wanted, (pitch) => !taken(pitch)) ??
    played
  )
}

/** The pitch nearest to another that passes a test; of two the higher one. */
function nearest(wanted: number, test: (pitch: MidiPitch) => boolean): MidiPitch | undefined {
  const passes = (pitch: number) => pitch >= 0 && pitch < 128 && test(pitch)
  for (let distance = 0; distance < 256; distance++) {
    if (passes(wanted + distance)) return wanted + distance
    if (passes(wanted - distance)) return wanted - distance
  }
  return undefined
}
