import { seeded } from '../../models/index.ts'

/** A rating from 1 to 7, and what it was given to. */
export type Rating = {
  readonly listener: string
  readonly performance: string
  readonly condition: string
  readonly rating: number
}

/** How a condition was rated. */
type ConditionScore = { readonly condition: string; readonly ratings: number; readonly mean: number }

/** How two conditions differ where the same listener heard both of the same performance. */
type PairScore = {
  readonly first: string
  readonly second: string
  readonly pairs: number
  /** First less second, in points of the scale. */
  readonly difference: number
  /** How often chance alone would give a difference as large as this. */
  readonly p: number
}

const draws = 10_000

/**
 * Compares conditions within each listener and performance, by a permutation test that flips the signs of the differences
 * (Fisher 1935): exact in what it assumes, whatever scale listeners use.
 */
export function score(ratings: readonly Rating[], conditions: readonly string[]) {
  const of = (condition: string) => ratings.filter((each) => each.condition === condition)
  const each: ConditionScore[] = conditions.map((condition) => {
    const own = of(condition).map(({ rating }) => rating)
    return { condition, ratings: own.length, mean: mean(own) }
  })
  const pairs = conditions.flatMap((first, index) =>
    conditions.slice(index + 1).map((second): PairScore => {
      const differences = of(first).flatMap(({ listener, performance, rating }) =>
        of(second)
          .filter((other) => other.listener === listener && other.performance === performance)
          .map((other) => rating - other.rating),
      )
      return { first, second, pairs: differences.length, difference: mean(differences), p: chanceOf(differences) }
    }),
  )
  return { each, pairs }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** How often the mean of differences with random signs is as far from nought as it is. */
function chanceOf(differences: readonly number[]): number {
  const found = Math.abs(mean(differences))
  if (Number.isNaN(found)) return 1
  const random = seeded(1)
  let asFar = 0
  for (let draw = 0; draw < draws; draw++) {
    const flipped = differences.map((difference) => (random.next() < 0.5 ? -difference : difference))
    if (Math.abs(mean(flipped)) >= found - 1e-12) asFar++
  }
  return (asFar + 1) / (draws + 1)
}
