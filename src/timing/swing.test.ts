import fc from 'fast-check'
import { expect, it } from 'vitest'
import { straight, swung, unswung } from './swing.ts'

const beats = fc.double({ min: -100, max: 100_000, noNaN: true })
const swings = fc.record({ ratio: fc.double({ min: 0.5, max: 0.8, noNaN: true }), pair: fc.constantFrom(1, 0.5) })

it('swing can be undone', () => {
  fc.assert(
    fc.property(beats, swings, (beat, swing) => {
      expect(Math.abs(unswung(swung(beat, swing), swing) - beat)).toBeLessThan(1e-8)
    }),
  )
})

it('swing never changes the order of notes', () => {
  fc.assert(
    fc.property(beats, fc.double({ min: 1e-6, max: 4, noNaN: true }), swings, (beat, later, swing) => {
      expect(swung(beat + later, swing)).toBeGreaterThan(swung(beat, swing))
    }),
  )
})

it('a triplet shuffle puts the second eighth on the third triplet, and leaves the beats', () => {
  const shuffle = { ratio: 2 / 3, pair: 1 }
  expect([0, 0.5, 1, 1.5].map((beat) => swung(beat, shuffle))).toEqual([0, 2 / 3, 1, 1 + 2 / 3])
  expect(swung(0.25, { ratio: 2 / 3, pair: 0.5 })).toBeCloseTo(1 / 3)
})

it('straight is straight', () => {
  fc.assert(fc.property(beats, (beat) => swung(beat, straight) === beat))
})
