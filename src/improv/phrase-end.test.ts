import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phraseRest } from './phrase-end.ts'

const [floor, ceiling] = [0.2, 1]
const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true })
const tempo = fc.double({ min: 20, max: 400, noNaN: true })
const interOnset = fc.double({ min: 0.001, max: 5, noNaN: true })
const phrase = fc.array(interOnset, { maxLength: 12 })

describe("the rest at a phrase's end", () => {
  it('stays between its floor and its ceiling, whatever is played', () => {
    fc.assert(
      fc.property(fc.array(positive, { maxLength: 12 }), positive, (interOnsets, bpm) => {
        const rest = phraseRest(interOnsets, bpm)
        expect(rest).toBeGreaterThanOrEqual(floor)
        expect(rest).toBeLessThanOrEqual(ceiling)
      }),
    )
  })

  it('is never shorter after a slower note', () => {
    fc.assert(
      fc.property(phrase, fc.nat(), interOnset, tempo, (interOnsets, which, longer, bpm) => {
        const slower = interOnsets.map((each, at) => (at === which % interOnsets.length ? each + longer : each))
        expect(phraseRest(slower, bpm)).toBeGreaterThanOrEqual(phraseRest(interOnsets, bpm))
      }),
    )
  })

  it('is never shorter in a slower tempo', () => {
    fc.assert(
      fc.property(phrase, tempo, tempo, (interOnsets, one, other) => {
        const [slow, quick] = [Math.min(one, other), Math.max(one, other)]
        expect(phraseRest(interOnsets, slow)).toBeGreaterThanOrEqual(phraseRest(interOnsets, quick))
      }),
    )
  })

  it('never cuts off an even line of a note a beat or quicker, however short its notes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 60, max: 400, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.nat({ max: 20 }),
        (bpm, beats, count) => {
          const apart = (beats * 60) / bpm
          // The last ulp is rounding's.
          expect(phraseRest(Array(count).fill(apart), bpm)).toBeGreaterThanOrEqual(apart * (1 - 1e-12))
        },
      ),
    )
  })

  it('is longest where the phrase has only just begun', () => {
    const rests = Array.from({ length: 9 }, (_, count) => phraseRest(Array(count).fill(0.1), 120))
    expect(rests[0]).toBeCloseTo(0.7)
    expect(rests[8]).toBeCloseTo(0.3)
    expect(rests).toEqual([...rests].sort((a, b) => b - a))
  })

  it('looks no further back than eight notes', () => {
    const run = Array(8).fill(0.1)
    expect(phraseRest([4, 4, ...run], 120)).toBe(phraseRest(run, 120))
  })

  it('takes one long note for no more than a beat', () => {
    expect(phraseRest([...Array(7).fill(0.1), 30], 120)).toBe(phraseRest([...Array(7).fill(0.1), 0.5], 120))
  })
})
