import { type Random, seeded } from '../../src/models/index.ts'

/** What somebody does who can't be foreseen, and yet does the same with the same seed. */
export type Chance = {
  /** From one number up to another. */
  between(least: number, most: number): number
  /** A whole number from one to another, both of them possible. */
  whole(least: number, most: number): number
  /** One of some. */
  of<Item>(items: readonly Item[]): Item
  /** Whether something happens that happens so often. */
  happens(share: number): boolean
}

/** Makes chance from a seed. */
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
