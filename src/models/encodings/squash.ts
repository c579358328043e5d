import { type PitchClass, pitchClass } from '../../music/index.ts'
import type { ModelEvent, PitchRange } from './encoding.ts'
import { foldPitch } from './fold-pitch.ts'

/** A melody that was moved, and by how many semitones; notes that were out of range then are moved by octaves, too. */
export type Squashed = { readonly events: ModelEvent[]; readonly semitones: number }

/**
 * Moves a melody as note-seq's `Melody.squash` does: by the interval from its own major key to a key, and by the octaves
 * that bring its middle nearest to a range's; then notes outside of the range by octaves into it.
 *
 * @param key the tonic of a major key; null leaves the melody in its own.
 */
export function squash(events: readonly ModelEvent[], range: PitchRange, key: PitchClass | null): Squashed {
  const pitches = events.filter((event) => event >= 0)
  let semitones = 0
  if (key !== null && pitches.length > 0) {
    const interval = key - (fittingKeys(pitchCounts(pitches))[0] ?? key)
    const middle = (Math.min(...pitches) + Math.max(...pitches)) / 2
    semitones = interval + 12 * roundHalfEven(((range[0] + range[1]) / 2 - middle - interval) / 12)
  }
  return { events: events.map((event) => (event < 0 ? event : foldPitch(event + semitones, range))), semitones }
}

/** How often each pitch class comes in a line. */
export function pitchCounts(pitches: readonly number[]): number[] {
  const counts = new Array<number>(12).fill(0)
  for (const pitch of pitches) counts[pitchClass(pitch)] = (counts[pitchClass(pitch)] ?? 0) + 1
  return counts
}

/** The major keys that hold the most of the notes, from C on; before any note, all of them. */
export function fittingKeys(counts: readonly number[]): PitchClass[] {
  const fits = Array.from({ length: 12 }, (_, key) =>
    majorScale.reduce((sum, degree) => sum + (counts[pitchClass(key + degree)] ?? 0), 0),
  )
  const most = Math.max(...fits)
  return fits.flatMap((fit, key) => (fit === most ? [key] : []))
}

const majorScale = [0, 2, 4, 5, 7, 9, 11]

/** Python's rounding: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  return value - below === 0.5 ? below + Math.abs(below % 2) : Math.round(value)
}
