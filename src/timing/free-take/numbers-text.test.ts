import fc from 'fast-check'
import { expect, it } from 'vitest'
import { numbersOf, textOf } from './numbers-text.ts'

it('gives numbers back to 2 % of the largest, without quotes or backslashes', () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true })
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 12 }), (numbers) => {
      const text = textOf(numbers)
      const largest = Math.max(...numbers.map(Math.abs), 0.004)
      expect(text).toMatch(/^[(-[]+$/)
      for (const [index, back] of numbersOf(text).entries())
        expect(Math.abs(back - (numbers[index] as number))).toBeLessThanOrEqual(0.03 * largest)
    }),
  )
})
