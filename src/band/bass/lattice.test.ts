import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, cheapestLine } from './lattice.ts'

const columns = fc.array(
  fc.uniqueArray(fc.integer({ min: 28, max: 55 }), { minLength: 1, maxLength: 5 }).chain((pitches) =>
    fc.record({
      pitches: fc.constant(pitches),
      costs: fc.array(fc.nat(9), { minLength: pitches.length, maxLength: pitches.length }),
    }),
  ),
  { minLength: 1, maxLength: 5 },
)

/** Every line through some columns. */
const linesThrough = (all: readonly Column[]): number[][] =>
  all.reduce<number[][]>(
    (lines, { pitches }) => lines.flatMap((line) => pitches.map((pitch) => [...line, pitch])),
    [[]],
  )

const smooth = (_: number | null, from: number, to: number) => Math.abs(to - from)

describe('the cheapest line', () => {
  it('costs as little as any line', () => {
    fc.assert(
      fc.property(columns, fc.option(fc.integer({ min: 28, max: 55 })), (all, from) => {
        const costOf = (line: readonly number[]) =>
          line.reduce((sum, pitch, index) => {
            const { pitches = [], costs = [] } = all[index] ?? {}
            const last = line[index - 1] ?? from
            return sum + (costs[pitches.indexOf(pitch)] ?? 0) + (last === null ? 0 : smooth(null, last, pitch))
          }, 0)
        const found = cheapestLine(all, from === null ? [] : [from], smooth)
        expect(costOf(found)).toBe(Math.min(...linesThrough(all).map(costOf)))
      }),
    )
  })

  it('knows which pitch was before the last one', () => {
    const both: Column = { pitches: [38, 42], costs: [0, 0] }
    const turning = (before: number | null, from: number, to: number) =>
      before !== null && Math.sign(from - before) === Math.sign(to - from) ? 1 : 0
    expect(cheapestLine([both], [36, 40], turning)).toEqual([38])
    expect(cheapestLine([both], [44, 40], turning)).toEqual([42])
  })
})
