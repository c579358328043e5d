import fc from 'fast-check'
import { expect, it } from 'vitest'
import { touchAt } from './touch.ts'

const pitch = fc.integer({ min: 0, max: 127 })

it('touches a drum at a beat always the same', () => {
  fc.assert(
    fc.property(pitch, fc.double({ min: 0, max: 1e6, noNaN: true }), (drum, beat) => {
      expect(touchAt(drum, beat)).toEqual(touchAt(drum, beat))
    }),
  )
})

it('never touches one twice in the same way, on any grid', () => {
  fc.assert(
    fc.property(pitch, fc.integer({ min: 0, max: 1e5 }), fc.constantFrom(1, 2, 3, 4, 6, 8, 12), (drum, from, grid) => {
      const cents = Array.from({ length: 12 }, (_, index) => touchAt(drum, from + index / grid).cents)
      expect(new Set(cents).size).toBe(12)
    }),
  )
})

it('stays near the middle: a drummer means to strike it so', () => {
  fc.assert(
    fc.property(pitch, fc.double({ min: 0, max: 1e6, noNaN: true }), (drum, beat) => {
      const { which, cents, level, brighter, ring } = touchAt(drum, beat)
      expect(which).toBeGreaterThanOrEqual(0)
      expect(which).toBeLessThan(1)
      expect(Math.abs(cents)).toBeLessThanOrEqual(16)
      expect(Math.abs(20 * Math.log10(level))).toBeLessThanOrEqual(0.8 + 1e-9)
      expect(Math.abs(brighter)).toBeLessThanOrEqual(2)
      expect(Math.abs(ring.decibels)).toBeLessThanOrEqual(4)
      expect(ring.hertz).toBeGreaterThanOrEqual(500)
      expect(ring.hertz).toBeLessThanOrEqual(8000)
    }),
  )
})
