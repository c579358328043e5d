import type { MidiPitch } from './note.ts'
import { pitchClass } from './note.ts'

/** A key signature: the number of sharps; below 0, of flats. */
export type KeySignature = number

const signatures: readonly KeySignature[] = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6]

/** How many accidentals a sharp or flat of the key signature has to save. */
const signatureCost = 1 / 2

/** The signature with the fewest accidentals in a line; of equals the one with fewer signs, and flats before sharps. */
export function keySignature(pitches: readonly MidiPitch[]): KeySignature {
  const counts = new Array<number>(12).fill(0)
  for (const pitch of pitches) counts[pitchClass(pitch)] = (counts[pitchClass(pitch)] ?? 0) + 1
  const cost = (key: KeySignature) =>
    counts.reduce((sum, count, pitch) => (isDiatonic(pitch, key) ? sum : sum + count), Math.abs(key) * signatureCost)
  return signatures.reduce((best, key) => (cost(key) < cost(best) ? key : best))
}

/** Whether a pitch is in the major scale of a signature. */
export function isDiatonic(pitch: MidiPitch, key: KeySignature): boolean {
  // Seven fifths from the fourth degree up are the scale.
  return pitchClass(7 * (pitch - 5) - key) < 7
}
