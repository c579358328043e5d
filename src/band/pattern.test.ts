import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureBeats, metre, parseMetre } from '../music/index.ts'
import { cellsOf, patternNotes } from './pattern.ts'

const lengths = new Set([4, 3, 2, 1.5, 1])
const metres = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 2, 4, 8, 16))
  .map(([numerator, denominator]) => metre(numerator, denominator))

describe('the cells of a measure', () => {
  it('follow each other from its first beat to its end', () => {
    fc.assert(
      fc.property(metres, (each) => {
        let end = 0
        for (const { beat, beats } of cellsOf(each, lengths)) {
          expect(beat).toBe(end)
          expect(beats).toBeGreaterThan(0)
          end += beats
        }
        expect(end).toBeCloseTo(measureBeats(each))
      }),
    )
  })

  it.each([
    ['4/4', [4]],
    ['3/4', [3]],
    ['5/4', [3, 2]],
    ['7/4', [4, 3]],
    ['7/8', [2, 1.5]],
    ['3+2+2/8', [1.5, 2]],
    ['6/8', [1.5, 1.5]],
    ['2/2', [4]],
    ['11/4', [4, 4, 3]],
  ])('are those that a player counts in %s', (text, expected) => {
    expect(cellsOf(parseMetre(text), lengths).map(({ beats }) => beats)).toEqual(expected)
  })
})

describe('a pattern', () => {
  it('says where its notes are, how long, and which have an accent', () => {
    expect(patternNotes({ text: 'R--5..x-' }, 4)).toEqual([
      { beat: 4, beats: 0.75, kind: 'r', isAccented: true },
      { beat: 4.75, beats: 0.25, kind: '5', isAccented: false },
      { beat: 5.5, beats: 0.5, kind: 'x', isAccented: false },
    ])
  })
})
