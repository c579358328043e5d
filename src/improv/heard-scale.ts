import { type MidiPitch, mod, type PitchClass, pitchClass } from '../music/index.ts'

/** How much each of the 12 pitch classes has been heard lately. */
export type HeardTones = readonly number[]

/** Nothing has been heard. */
export const noTones: HeardTones = Array(12).fill(0)

/** What is left of a tone's weight at each tone that is heard after it. */
const decay = 0.97

/** What has been heard once a pitch has sounded. */
export function hearTone(heard: HeardTones, pitch: MidiPitch): HeardTones {
  return heard.map((weight, tone) => weight * decay + (tone === pitchClass(pitch) ? 1 : 0))
}

/** Semitones over the tonic: major with its modes, melodic minor and harmonic minor. */
const shapes = [
  [0, 2, 4, 5, 7, 9, 11],
  [0, 2, 3, 5, 7, 9, 11],
  [0, 2, 3, 5, 7, 8, 11],
]

/** Of scales that hold as much of what was heard, the usual ones come first, and those whose tonic and fifth it had. */
const [tonicCounts, fifthCounts, unusual] = [0.02, 0.01, 0.02]

/**
 * The scale that holds the most of what has been heard.
 *
 * @returns its pitch classes, or null where nothing has been heard.
 * @example heardScale([67, 71, 74, 77].reduce(hearTone, noTones)) // => [0, 2, 4, 5, 7, 9, 11]
 */
export function heardScale(heard: HeardTones): readonly PitchClass[] | null {
  const total = heard.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return null
  const at = (tone: number) => (heard[mod(tone, 12)] as number) / total
  let [best, most]: [readonly PitchClass[] | null, number] = [null, Number.NEGATIVE_INFINITY]
  for (const [rank, shape] of shapes.entries()) {
    for (let tonic = 0; tonic < 12; tonic++) {
      const held = shape.reduce((sum, degree) => sum + at(tonic + degree), 0)
      const fit = held + tonicCounts * at(tonic) + fifthCounts * at(tonic + 7) - unusual * rank
      if (fit > most) [best, most] = [shape.map((degree) => mod(tonic + degree, 12)), fit]
    }
  }
  return best && [...best].sort((a, b) => a - b)
}
