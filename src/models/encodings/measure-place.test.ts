import fc from 'fast-check'
import { expect, it } from 'vitest'
import { metre, parseMetre, stepsPerMeasure } from '../../music/index.ts'
import { InputRow } from '../input-row.ts'
import { addMeasurePlace, placeInputs } from './measure-place.ts'

const placeOf = (text: string, step: number) => {
  const row = new InputRow(placeInputs)
  addMeasurePlace(row, 0, parseMetre(text), step)
  return [...row.indices.subarray(0, row.count)]
}

it.each([
  ['4/4', 0, [0, 47, 64]],
  ['4/4', 21, [5, 42, 65]],
  ['6/8', 7, [7, 36, 65]],
  ['3/4', 7, [7, 36, 67]],
  ['7/8', 13, [13, 32, 69]],
  ['5/8', 9, [9, 32, 69]],
  ['3/16', 2, [2, 32, 66]],
])('in %s step %d has its place', (text, step, places) => {
  expect(placeOf(text, step)).toEqual(places)
})

it('a place is one of each field, in any metre and measure', () => {
  const metres = fc.tuple(fc.integer({ min: 1, max: 255 }), fc.constantFrom(1, 2, 4, 8, 16))
  fc.assert(
    fc.property(metres, fc.nat(100_000), ([numerator, denominator], step) => {
      const name = `${numerator}/${denominator}`
      const [start = -1, end = -1, pulse = -1, ...more] = placeOf(name, step)
      expect(more).toEqual([])
      expect([Math.floor(start / 32), Math.floor(end / 32), Math.floor(pulse / 32)]).toEqual([0, 1, 2])
      expect(pulse).toBeLessThan(placeInputs)
      expect(placeOf(name, step + stepsPerMeasure(metre(numerator, denominator)))).toEqual([start, end, pulse])
    }),
  )
})
