import { type Random, seeded } from '../../src/models/index.ts'

/** Random choices, the same for the same seed. */
export type Chance = {
  /** A number from one to another. */
  between(least: number, most: number): number
  /** A whole number from one to another, both included. */
  whole(least: number, most: number): number
  /** One of some. */
  of<Item>(items: readonly Item[]): Item
  /** True with a probability of `share`. */
  happens(share: number): boolean
}

/** Makes choices from a seed. */
export function createChance(seed: number): Chance {
  const random: Random = seeded(seed)
  const chance: Chance = {
    between: (least, most) => least + random.next() * (most - least),
    whole: (least, most) => least + Math.floor(random.next() * (most - least + 1)),
    of<Item>(items: readonly Item[]) {
      if (items.length === 0) throw new RangeError('There is nothing to choose from.')
      return items[chance.whole(0, items.length - 1)] as Item
    },
    happens: (share) => random.next() < share,
  }
  return chance
}
