import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../models/index.ts'
import {
  evenSixteenths,
  hearSubdivision,
  ownStep,
  type Subdivision,
  sixteenthAt,
  sixteenthBeat,
  sixthBeat,
  sixthOf,
  triplets,
} from './subdivision.ts'

const subdivisions = fc
  .tuple(fc.constantFrom(3 as const, 4 as const), fc.integer({ min: 500, max: 750 }))
  .map(([stepsPerBeat, swing]): Subdivision => ({ stepsPerBeat, swing: swing / 1000 }))
/** Sixteenths that a subdivision has: on triplets, the last one of each beat is none. */
const onGrid = fc
  .tuple(subdivisions, fc.integer({ min: -40, max: 400 }))
  .filter(([{ stepsPerBeat }, sixteenth]) => stepsPerBeat === 4 || (sixteenth + 40) % 4 !== 3)

describe('a subdivision', () => {
  it('puts a note that sounds where a sixteenth sounds on that sixteenth', () => {
    fc.assert(
      fc.property(onGrid, ([subdivision, sixteenth]) => {
        expect(sixteenthAt(sixteenthBeat(sixteenth, subdivision), subdivision)).toBe(sixteenth)
      }),
    )
  })

  it('moves a note to another beat only if that is the nearest place on its grid', () => {
    const beats = fc.double({ min: -10, max: 100, noNaN: true })
    fc.assert(
      fc.property(subdivisions, beats, (subdivision, beat) => {
        const sixteenth = sixteenthAt(beat, subdivision)
        if (Math.floor(sixteenth / 4) !== Math.floor(beat)) {
          expect(sixteenth - 4 * Math.ceil(beat)).toBeCloseTo(0, 9)
          expect(Math.ceil(beat) - beat).toBeLessThanOrEqual(0.25)
        }
      }),
    )
  })

  it('keeps the order of notes', () => {
    const beats = fc.double({ min: -10, max: 100, noNaN: true })
    fc.assert(
      fc.property(subdivisions, beats, beats, (subdivision, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)]
        expect(sixteenthAt(early, subdivision)).toBeLessThanOrEqual(sixteenthAt(late, subdivision))
      }),
    )
  })

  it('has the sixteenths of a swung beat among its sixths, where they sound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 750 }), fc.integer({ min: -40, max: 400 }), (thousandths, sixteenth) => {
        const subdivision: Subdivision = { stepsPerBeat: 6, swing: thousandths / 1000 }
        const sixth = sixthOf(sixteenth)
        expect(ownStep(sixteenth, subdivision)).toBe(sixth)
        expect(sixthBeat(sixth, subdivision)).toBeCloseTo(sixteenthBeat(sixteenth, subdivision), 9)
      }),
    )
  })

  it('counts triplets as its own steps', () => {
    expect([0, 1 / 3, 2 / 3, 1, 4 / 3].map((beat) => ownStep(sixteenthAt(beat, triplets), triplets))).toEqual([
      0, 1, 2, 3, 4,
    ])
    expect([-2, -3, -4, 3].map((sixteenth) => ownStep(sixteenth, triplets))).toEqual([-1, -2, -3, 2])
    expect([-3, 3].map((sixteenth) => ownStep(sixteenth, evenSixteenths))).toEqual([-3, 3])
  })
})

/** Onsets at places of each of 16 beats, played by a hand that is up to so much early or late. */
function played(places: number[], slop: number, seed = 1): number[] {
  const random = seeded(seed)
  const beats = Array.from({ length: 16 }, (_, beat) => places.map((place) => beat + place))
  return beats.flat().map((beat) => beat + slop * (2 * random.next() - 1))
}

describe('what is heard', () => {
  it.each([
    ['straight eighths', [0, 0.5], 4, 0.5],
    ['straight sixteenths', [0, 0.25, 0.5, 0.75], 4, 0.5],
    ['dotted eighths and sixteenths', [0, 0.75], 4, 0.5],
    ['quarters', [0], 4, 0.5],
    ['offbeats', [0.5], 4, 0.5],
    ['triplets', [0, 1 / 3, 2 / 3], 3, 2 / 3],
    ['a shuffle', [0, 2 / 3], 3, 2 / 3],
    ['a light shuffle', [0, 0.62], 3, 0.62],
    ['light swing', [0, 0.57], 4, 0.57],
    ['swung eighths with sixteenths', [0, 0.3, 0.6, 0.8], 4, 0.6],
  ])('in %s, by a hand or by a machine', (_, places, stepsPerBeat, swing) => {
    expect(hearSubdivision(played(places, 0))).toEqual({ stepsPerBeat, swing: expect.closeTo(swing, 3) })
    for (let seed = 1; seed <= 8; seed++) {
      const heard = hearSubdivision(played(places, 0.025, seed))
      expect(heard).toEqual({ stepsPerBeat, swing: expect.closeTo(swing, 1) })
    }
  })

  it('is the same for a line that drags', () => {
    const late = played([0, 0.5], 0).map((beat) => beat + 0.05)
    expect(hearSubdivision(late)).toEqual(evenSixteenths)
  })

  it('is straight where two notes alone are between the beats, unless told otherwise', () => {
    expect(hearSubdivision([0, 2 / 3, 1, 5 / 3, 2])).toEqual(evenSixteenths)
    expect(hearSubdivision([0, 1, 2, 3], triplets)).toEqual(triplets)
    expect(hearSubdivision([0, 0.5, 1, 1.5, 2, 2.5], triplets)).toEqual(evenSixteenths)
  })
})
