import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seeded } from './random.ts'

const take = (count: number, random = seeded(7)) => Array.from({ length: count }, () => random.next())

it('a seed gives the same numbers, another seed others', () => {
  expect(take(5)).toEqual(take(5))
  expect(take(5)).not.toEqual(take(5, seeded(8)))
})

it('goes on from a state as it would have gone on', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seeded(seed)
      take(3, random)
      expect(take(5, seeded(random.state))).toEqual(take(5, random))
    }),
  )
})

it('fills the range evenly', () => {
  const bins = Array<number>(10).fill(0)
  for (const number of take(100_000)) bins[Math.floor(number * 10)] = (bins[Math.floor(number * 10)] as number) + 1
  for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(500)
})
