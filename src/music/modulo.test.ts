import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mod } from './modulo.ts'

it('is the remainder on both sides of zero', () => {
  expect([-13, -12, -1, 0, 1, 12, 25].map((value) => mod(value, 12))).toEqual([11, 0, 11, 0, 1, 0, 1])
  expect(mod(-0.25, 4)).toBe(3.75)
})

it('stays within the divisor, and differs from the value by whole divisors', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1000 }), (value, divisor) => {
      const rest = mod(value, divisor)
      expect(rest >= 0 && rest < divisor).toBe(true)
      expect(Number.isInteger((value - rest) / divisor)).toBe(true)
    }),
  )
})
