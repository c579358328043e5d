import { type Metre, measureBeats } from './metre.ts'
import type { Beats } from './note.ts'

/**
 * Where the shares of a measure begin, from its start: those of chords that stand side by side in it.
 *
 * They are equal, but in metres that limp, and where two or four pulses have three, five, six or seven shares: there the last of the
 * longest is halved again and again, with one of the metre's groups, as players feel it, and the longer half first. So five and seven
 * quarters are 3+2 and 4+3, and three shares of four quarters 2+1+1.
 *
 * @example measureShares(parseMetre('4/4'), 3) // => [0, 2, 3]
 * @example measureShares(parseMetre('7/8'), 2) // => [0, 2], the fifth eighth of 2+2+3
 * @example measureShares(parseMetre('5/4'), 2) // => [0, 3]
 * @example measureShares(parseMetre('3/4'), 2) // => [0, 1.5]
 */
export function measureShares(metre: Metre, count: number): readonly Beats[] {
  const { numerator, denominator, groups } = metre
  const isOdd = numerator % 2 > 0 && numerator % 3 > 0
  const limps = isOdd || groups.some((group) => group !== groups[0])
  const pulses = groups.length
  const isUneven = Number.isInteger(Math.log2(pulses)) && count % pulses > 0 && pulses % count > 0
  if (limps ? count >= numerator : !isUneven) {
    return Array.from({ length: count }, (_, index) => (index * measureBeats(metre)) / count)
  }
  const units = [0]
  while (units.length < count) {
    const lengths = units.map((unit, index) => (units[index + 1] ?? numerator) - unit)
    const longest = lengths.lastIndexOf(Math.max(...lengths))
    const [from = 0, to = numerator] = units.slice(longest)
    units.splice(longest + 1, 0, halfOf(metre, from, to))
  }
  return units.map((unit) => (unit * 4) / denominator)
}

/** Where the group begins that is nearest to the middle between two units, the later one of two; or the middle of a group or a unit. */
function halfOf({ groups }: Metre, from: number, to: number): number {
  const middle = (from + to) / 2
  let half = Number.NEGATIVE_INFINITY
  let start = 0
  for (const group of groups) {
    if (start > from && start < to && Math.abs(start - middle) <= Math.abs(half - middle)) half = start
    start += group
  }
  if (half > from) return half
  return to - from > 1 ? Math.ceil(middle) : middle
}
