import { expect, it } from 'vitest'
import { simulate } from './simulation.ts'

it('a simulation of one minute violates no invariant', async () => {
  const { violations, missed, hanging, notes, compared } = await simulate(3, 60)
  expect(violations.first).toEqual([])
  expect([missed, hanging]).toEqual([0, 0])
  expect(Math.min(notes, compared)).toBeGreaterThan(20)
})
