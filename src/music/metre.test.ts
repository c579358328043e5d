import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accentAt, measureBeats, metre, metreName, metreText, parseMetre } from './metre.ts'

describe('a metre', () => {
  it.each([
    ['4/4', [1, 1, 1, 1], 4],
    ['3/4', [1, 1, 1], 3],
    ['7/8', [2, 2, 3], 3.5],
    ['5/8', [2, 3], 2.5],
    ['6/8', [3, 3], 3],
    ['12/8', [3, 3, 3, 3], 6],
    ['8/8', [2, 2, 2, 2], 4],
    ['5/16', [2, 3], 1.25],
    ['1/8', [1], 0.5],
    ['2/2', [1, 1], 4],
  ])('%s falls into its customary groups', (text, groups, beats) => {
    const parsed = parseMetre(text)
    expect(parsed.groups).toEqual(groups)
    expect(measureBeats(parsed)).toBe(beats)
    expect(metreName(parsed)).toBe(text)
  })

  it('keeps the grouping that is written', () => {
    expect(parseMetre('3+2+2/8')).toEqual({ numerator: 7, denominator: 8, groups: [3, 2, 2] })
    expect(['3+2+2/8', '7/8', '1/4'].map((text) => metreText(parseMetre(text)))).toEqual(['3+2+2/8', '7/8', '1/4'])
  })

  it('has groups that add up, in every size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), fc.constantFrom(1, 2, 4, 8, 16), (numerator, denominator) => {
        expect(metre(numerator, denominator).groups.reduce((sum, group) => sum + group)).toBe(numerator)
      }),
    )
  })

  it.each(['0/4', '4/0', '4/3', '3/32', '', '4', 'x/4', '-4/4', '256/4', '4/4/4', '2+/8'])('refuses %j', (text) => {
    expect(() => parseMetre(text)).toThrow(RangeError)
  })

  it('refuses groups that do not add up', () => {
    expect(() => metre(7, 8, [2, 2, 2])).toThrow('2+2+2')
  })

  it('accents the downbeat, then the groups, then the units', () => {
    const seven = parseMetre('7/8')
    const eighths = [0, 1, 2, 3, 4, 5, 6].map((eighth) => accentAt(seven, eighth / 2))
    expect(eighths).toEqual(['downbeat', 'unit', 'pulse', 'unit', 'pulse', 'unit', 'unit'])
    expect(accentAt(seven, 0.25)).toBe('offbeat')
    expect(accentAt(parseMetre('4/4'), 0.5)).toBe('offbeat')
  })
})
