import { type Random, seeded } from '../models/index.ts'

/** Chance for one purpose at one place: each list of numbers has its own. */
export function chanceAt(...numbers: readonly number[]): Random {
  // FNV-1a, so that no two lists agree by accident.
  const chance = seeded(numbers.reduce((hash, value) => Math.imul(hash ^ (value | 0), 0x01000193) >>> 0, 0x811c9dc5))
  chance.next()
  return chance
}

/** One of some things, each as likely as its weight. */
export function pick<Thing>(things: readonly Thing[], weight: (thing: Thing) => number, chance: Random): Thing | null {
  const weights = things.map(weight)
  let left = chance.next() * weights.reduce((sum, each) => sum + each, 0)
  for (const [index, thing] of things.entries()) {
    left -= weights[index] ?? 0
    if (left < 0) return thing
  }
  return things.at(-1) ?? null
}
