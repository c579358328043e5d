import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { measureShares } from './measure-shares.ts'
import { measureBeats, metre, parseMetre } from './metre.ts'

const metres = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 2, 4, 8, 16)).map(([units, unit]) => metre(units, unit)),
  fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }).map((groups) =>
    metre(
      groups.reduce((sum, group) => sum + group),
      8,
      groups,
    ),
  ),
)

describe('the shares of a measure', () => {
  it('begin with it, one after the other, and end with it', () => {
    fc.assert(
      fc.property(metres, fc.integer({ min: 1, max: 64 }), (each, count) => {
        const shares = measureShares(each, count)
        expect(shares).toHaveLength(count)
        expect(shares[0]).toBe(0)
        expect(shares.toSorted((a, b) => a - b)).toEqual([...new Set(shares)])
        expect(shares.at(-1)).toBeLessThan(measureBeats(each))
      }),
      { numRuns: runs(200) },
    )
  })

  it('are never of a length that no note has, in four quarters', () => {
    expect([5, 6, 7].map((count) => measureShares(parseMetre('4/4'), count))).toEqual([
      [0, 1, 2, 3, 3.5],
      [0, 1, 2, 2.5, 3, 3.5],
      [0, 1, 1.5, 2, 2.5, 3, 3.5],
    ])
  })

  it('begin with groups of the metre, where those are of two and three', () => {
    const twosAndThrees = fc.array(fc.constantFrom<number>(2, 3), { minLength: 2, maxLength: 8 }).map((groups) =>
      metre(
        groups.reduce((sum, group) => sum + group),
        8,
        groups,
      ),
    )
    fc.assert(
      fc.property(twosAndThrees, fc.integer({ min: 1, max: 6 }), (each, count) => {
        const { groups, denominator } = each
        fc.pre(groups.some((group) => group !== groups[0]) && count <= groups.length)
        const starts = groups.map(
          (_, index) => (groups.slice(0, index).reduce((sum, group) => sum + group, 0) * 4) / denominator,
        )
        expect(starts).toEqual(expect.arrayContaining([...measureShares(each, count)]))
      }),
      { numRuns: runs(200) },
    )
  })

  it.each([
    ['4/4', [0, 2], [0, 2, 3], [0, 1, 2, 3]],
    ['3/4', [0, 1.5], [0, 1, 2], [0, 0.75, 1.5, 2.25]],
    ['6/8', [0, 1.5], [0, 1.5, 2.5], [0, 0.75, 1.5, 2.25]],
    ['12/8', [0, 3], [0, 3, 4.5], [0, 1.5, 3, 4.5]],
    ['2/4', [0, 1], [0, 1, 1.5], [0, 0.5, 1, 1.5]],
    ['5/4', [0, 3], [0, 2, 3], [0, 2, 3, 4]],
    ['2+3/4', [0, 2], [0, 2, 4], [0, 2, 3, 4]],
    ['7/4', [0, 4], [0, 2, 4], [0, 2, 4, 6]],
    ['9/4', [0, 4.5], [0, 3, 6], [0, 2.25, 4.5, 6.75]],
    ['5/8', [0, 1], [0, 1, 2], [0, 1, 1.5, 2]],
    ['7/8', [0, 2], [0, 1, 2], [0, 1, 2, 3]],
    ['3+2+2/8', [0, 1.5], [0, 1.5, 2.5], [0, 1, 1.5, 2.5]],
    ['2+3+2/8', [0, 2.5], [0, 1, 2.5], [0, 1, 2, 2.5]],
    ['11/8', [0, 3], [0, 2, 3], [0, 2, 3, 4]],
    ['2+2+2+3/8', [0, 2], [0, 2, 3], [0, 1, 2, 3]],
  ])('are in %s as players feel it', (text, ...expected) => {
    expect([2, 3, 4].map((count) => measureShares(parseMetre(text), count))).toEqual(expected)
  })
})
