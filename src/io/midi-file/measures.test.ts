import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureBeats, metreName } from '../../music/index.ts'
import { measureAt, measureMap, measureNumber, pickupBeats } from './measures.ts'

type Signature = [beat: number, numerator: number, denominator: number]
const mapOf = (...signatures: Signature[]) =>
  measureMap(signatures.map(([beat, numerator, denominator]) => ({ beat, numerator, denominator })))
const runs = (...signatures: Signature[]) =>
  mapOf(...signatures).map.map(({ bar, beat, metre }) => [bar, beat, metreName(metre)])

describe('the measures of a file', () => {
  it('are in 4/4 where no signature stands at the start', () => {
    expect(runs()).toEqual([[1, 0, '4/4']])
    expect(runs([8, 3, 4])).toEqual([
      [1, 0, '4/4'],
      [3, 8, '3/4'],
    ])
  })

  it('follow each change of metre', () => {
    expect(runs([0, 4, 4], [8, 7, 8])).toEqual([
      [1, 0, '4/4'],
      [3, 8, '7/8'],
    ])
    expect(runs([0, 4, 4], [8, 4, 4])).toEqual([[1, 0, '4/4']])
  })

  it.each([
    ['1/4 before 4/4', [0, 1, 4], [1, 4, 4], 1],
    ['4/4 that says 4/4 again after a beat', [0, 4, 4], [1, 4, 4], 1],
    ['3/8 before 6/8', [0, 3, 8], [1.5, 6, 8], 1.5],
    ['3/4 before 4/4', [0, 3, 4], [3, 4, 4], 3],
  ] as [string, Signature, Signature, number][])('begin with a pickup: %s', (_, first, second, beats) => {
    const { map } = mapOf(first, second)
    expect(pickupBeats(map)).toBe(beats)
    expect(measureNumber(map, 1).beat).toBe(beats)
    expect(measureAt(map, 0).bar).toBe(0)
  })

  it('begin with no pickup where the first measure is longer, or there are two of it', () => {
    expect(pickupBeats(mapOf([0, 5, 4], [5, 4, 4]).map)).toBe(0)
    expect(pickupBeats(mapOf([0, 2, 4], [4, 4, 4]).map)).toBe(0)
  })

  it('begin with no pickup where two metres take turns', () => {
    expect(runs([0, 4, 4], [4, 5, 4], [9, 4, 4], [13, 5, 4]).slice(0, 2)).toEqual([
      [1, 0, '4/4'],
      [2, 4, '5/4'],
    ])
    expect(pickupBeats(mapOf([0, 1, 4], [1, 4, 4], [33, 1, 4]).map)).toBe(1)
  })

  it('are whole where a signature splits them, as for a repeat', () => {
    expect(runs([0, 3, 4], [21, 2, 4], [23, 1, 4], [24, 3, 4])).toEqual([[1, 0, '3/4']])
    expect(runs([0, 1, 8], [0.5, 3, 8], [11, 2, 8], [12, 1, 8], [12.5, 4, 4])).toEqual([
      [0, 0, '1/8'],
      [1, 0.5, '3/8'],
      [9, 12.5, '4/4'],
    ])
    expect(measureNumber(mapOf([0, 3, 4], [6, 2, 4], [8, 1, 4], [9, 3, 4]).map, 5).beat).toBe(12)
  })

  it('are cut short by a signature inside them', () => {
    expect(runs([0, 4, 4], [10, 3, 4])).toEqual([
      [1, 0, '4/4'],
      [3, 8, '2/4'],
      [4, 10, '3/4'],
    ])
    expect(runs([0, 4, 4], [10.13, 3, 4])[1]).toEqual([3, 8, '2/4'])
    expect(runs([0, 4, 4], [10.25, 3, 4])[1]).toEqual([3, 8, '9/16'])
  })

  it('take a signature that is a little beside a bar line for one on it', () => {
    expect(runs([0, 4, 4], [8.01, 3, 4], [13.99, 7, 8])).toEqual([
      [1, 0, '4/4'],
      [3, 8, '3/4'],
      [5, 14, '7/8'],
    ])
    expect(runs([0, 4, 4], [0.01, 7, 8])).toEqual([[1, 0, '7/8']])
  })

  it('leave out a later signature that is not a metre, and say so', () => {
    const { map, notices } = mapOf([0, 4, 4], [8, 0, 4], [12, 4, 64])
    expect([map.length, notices.length]).toEqual([1, 2])
    expect(notices[0]).toContain('changes to 0/4')
    expect(() => mapOf([0, 0, 4])).toThrow(RangeError)
  })

  it('lie one after the other without a gap, whatever the signatures are', () => {
    const signature = fc.record({
      beat: fc.integer({ min: 0, max: 400 }).map((eighths) => eighths / 8),
      numerator: fc.integer({ min: 1, max: 13 }),
      denominator: fc.constantFrom(2, 4, 8, 16),
    })
    const inOrder = fc
      .uniqueArray(signature, { selector: ({ beat }) => beat, maxLength: 12 })
      .map((all) => all.sort((a, b) => a.beat - b.beat))
    fc.assert(
      fc.property(inOrder, (signatures) => {
        const { map } = measureMap(signatures)
        let { bar, beat } = measureAt(map, 0)
        expect(beat).toBe(0)
        for (; beat < 60; bar++) {
          const measure = measureNumber(map, bar)
          expect(measure.beat).toBeCloseTo(beat, 9)
          expect(measureAt(map, measure.beat)).toEqual(measure)
          const next = measureNumber(map, bar + 1).beat
          // A measure that is cut short has a metre of its own, to the nearest sixteenth.
          expect(Math.abs(next - measure.beat - measureBeats(measure.metre))).toBeLessThanOrEqual(1 / 8)
          beat = next
        }
      }),
    )
  })
})
