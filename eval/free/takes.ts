import type { Random } from '../../src/models/index.ts'
import type { BassTune } from './phrases.ts'
import { excerpt, type PlayedTake, play } from './play.ts'

/** The numbers of measures to take, and how often. */
const lengths: readonly (readonly [measures: number, weight: number])[] = [
  [2, 30],
  [4, 32],
  [8, 24],
  [1, 3],
  [3, 2],
  [5, 1],
  [6, 3],
  [12, 3],
  [16, 2],
]

/** Some takes of a tune. */
export function takesOf(tune: BassTune, many: number, random: Random, only?: readonly number[]): PlayedTake[] {
  const takes: PlayedTake[] = []
  const seen = new Set<string>()
  for (let tries = 0; takes.length < many && tries < 8 * many; tries++) {
    const measures = only ? (only[Math.floor(random.next() * only.length)] as number) : drawn(lengths, random)
    const slots = Math.floor(tune.measures / measures)
    if (slots < 1) continue
    const from = measures * Math.floor(random.next() * slots)
    const pickup = random.next() < 0.2 ? ([0.5, 1, 1.5, 2][Math.floor(4 * random.next())] as number) : 0
    const notes = excerpt(tune, from, measures, pickup)
    const key = JSON.stringify([measures, notes])
    if (!notes || seen.has(key)) continue
    seen.add(key)
    takes.push(play(tune, notes, measures, random, random.next() < 0.5 ? 'on one' : 'before'))
  }
  return takes
}

/** One of some things, as often as their weights say. */
export function drawn<Thing>(things: readonly (readonly [thing: Thing, weight: number])[], random: Random): Thing {
  let left = random.next() * things.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [thing, weight] of things) {
    left -= weight
    if (left < 0) return thing
  }
  return (things.at(-1) as readonly [Thing, number])[0]
}
