import { measureBeats, measureShares, rounding } from '../../music/index.ts'
import type { Measure } from './lead-sheet.ts'

/** Into how many shares a measure can be divided. */
const maxParts = 48

/** The shares of a measure as a chart is written: a chord where it begins, and null where the one before goes on. */
export type MeasureWords = {
  readonly words: readonly (Measure['chords'][number] | null)[]
  /** A chord begins between the beats, where no share does. */
  readonly isRounded: boolean
}

/**
 * The fewest words that say where the chords of a measure begin: C, and G7 in the middle of 4/4, are `C G7`; with G7 on the fourth
 * beat they are `C . . G7`. Shares are equal, unless a chord begins with each share of an odd metre.
 */
export function measureWords(bar: Measure): MeasureWords {
  const { count, places, isRounded } = partsOf(bar)
  const words = Array<MeasureWords['words'][number]>(count).fill(null)
  for (const [index, placed] of bar.chords.entries()) words[places[index] ?? 0] = placed
  return { words, isRounded }
}

/** The fewest shares of a measure such that each chord begins with one, and the share of each chord. */
function partsOf({ metre, chords }: Measure): { count: number; places: number[]; isRounded: boolean } {
  const length = measureBeats(metre)
  for (let count = 1; count <= maxParts; count++) {
    const shares = measureShares(metre, count)
    const places = chords.map(({ beat }) => shares.findIndex((share) => Math.abs(share - beat) < rounding))
    const isEqual = Math.abs((shares[1] ?? length) * count - length) < rounding
    const isFull = metre.numerator % 2 > 0 && places.length === count
    if ((isEqual || isFull) && !places.includes(-1)) return { count, places, isRounded: false }
  }
  const shares = measureShares(metre, Math.min(metre.numerator, maxParts))
  const half = length / metre.numerator / 2
  const places = chords.map(({ beat }) => shares.findLastIndex((share) => share <= beat + half))
  return { count: shares.length, places, isRounded: true }
}
