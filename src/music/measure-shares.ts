import { type Metre, measureBeats } from './metre.ts'
import type { Beats } from './note.ts'

/**
 * Where the shares of a measure begin, from its start: those of chords that stand side by side in it.
 *
 * They are equal, but where the metre limps: there they begin with its groups, as players feel it. Neighbouring groups are
 * joined where there are more of them than shares, and the longest are halved where there are fewer. Five and seven quarters
 * are counted as 3+2 and 4+3.
 *
 * @example measureShares(parseMetre('7/8'), 2) // => [0, 2], the fifth eighth of 2+2+3
 * @example measureShares(parseMetre('5/4'), 2) // => [0, 3]
 * @example measureShares(parseMetre('3/4'), 2) // => [0, 1.5]
 */
export function measureShares(metre: Metre, count: number): readonly Beats[] {
  const { numerator, denominator } = metre
  const groups = limping(metre)
  if (!groups || count >= numerator) {
    return Array.from({ length: count }, (_, index) => (index * measureBeats(metre)) / count)
  }
  const parts = groups.length > count ? joined(groups, count) : halved(groups, count)
  return startsOf(parts).map((unit) => (unit * 4) / denominator)
}

/** The groups of a metre that are not all as long; null where they are. */
function limping({ numerator, groups }: Metre): readonly number[] | null {
  if (groups.some((group) => group !== groups[0])) return groups
  const isCountedInOnes = groups[0] === 1 && groups.length > 1
  return isCountedInOnes && numerator > 3 && numerator % 2 === 1 && numerator % 3 > 0 ? [numerator] : null
}

/** Groups joined to so many, each beginning as near as can be to where an equal share would. */
function joined(groups: readonly number[], count: number): number[] {
  const starts = startsOf(groups)
  const length = groups.reduce((sum, group) => sum + group, 0)
  const chosen = [0]
  for (let share = 1; share < count; share++) {
    const least = starts.indexOf(chosen.at(-1) ?? 0) + 1
    const distance = (start: number) => Math.abs(start - (share * length) / count)
    // The later one of two that are as near: the longer part comes first.
    const nearest = (best: number, start: number) => (distance(start) <= distance(best) ? start : best)
    chosen.push(starts.slice(least, starts.length - (count - share - 1)).reduce(nearest))
  }
  return chosen.map((start, index) => (chosen[index + 1] ?? length) - start)
}

/** Groups of which the last of the longest is halved, its longer half first, until there are so many. */
function halved(groups: readonly number[], count: number): number[] {
  const parts = [...groups]
  while (parts.length < count) {
    const longest = Math.max(...parts)
    const half = Math.ceil(longest / 2)
    parts.splice(parts.lastIndexOf(longest), 1, half, longest - half)
  }
  return parts
}

/** Where parts that follow each other begin. */
function startsOf(parts: readonly number[]): number[] {
  const starts: number[] = []
  let start = 0
  for (const part of parts) {
    starts.push(start)
    start += part
  }
  return starts
}
