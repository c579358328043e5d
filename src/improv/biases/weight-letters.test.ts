import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lettersOf, mostNats, weightsOf } from './weight-letters.ts'

describe('weights as letters', () => {
  it('are read from capital letters, small ones, and dots', () => {
    const read = [...weightsOf('AZaz.')].map((weight) => Number(weight.toFixed(2)))
    expect(read).toEqual([0.03, 0.78, -0.03, -0.78, 0])
  })

  it('come back as they were, to half a letter', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -mostNats, max: mostNats, noNaN: true })), (weights) => {
        const letters = lettersOf(weights)
        expect(letters).toHaveLength(weights.length)
        const read = weightsOf(letters)
        for (const [index, weight] of weights.entries())
          expect(Math.abs((read[index] as number) - weight)).toBeLessThan(0.01501)
        expect(lettersOf(read)).toBe(letters)
      }),
    )
  })
})
