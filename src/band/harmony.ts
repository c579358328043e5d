import { type Chord, mod, type PitchClass } from '../music/index.ts'

/** The tones of a chord by what they do; null where it has none. */
export type ChordParts = {
  /** The third, or what a suspended chord has instead of it. */
  readonly third: PitchClass | null
  readonly fifth: PitchClass | null
  /** The seventh, or the sixth of a chord without a seventh. */
  readonly seventh: PitchClass | null
  /** The others that the symbol names: ninths, elevenths, thirteenths. */
  readonly tensions: readonly PitchClass[]
  readonly isSuspended: boolean
}

/** What the tones of a chord do. */
export function chordPartsOf({ root, tones }: Chord): ChordParts {
  const above = tones.map((tone) => mod(tone - root, 12))
  const first = (...intervals: number[]) => intervals.find((interval) => above.includes(interval)) ?? null
  const third = first(4, 3)
  const suspension = third === null ? first(5, 2) : null
  const fifth = first(7, 6, 8)
  const seventh = first(10, 11, 9)
  const used = [0, third, suspension, fifth, seventh]
  const tone = (interval: number | null) => (interval === null ? null : mod(root + interval, 12))
  return {
    third: tone(third ?? suspension),
    fifth: tone(fifth),
    seventh: tone(seventh),
    tensions: above.filter((interval) => !used.includes(interval)).map((interval) => mod(root + interval, 12)),
    isSuspended: third === null,
  }
}
