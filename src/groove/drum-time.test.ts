import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { drums, fourFour, metre } from '../music/index.ts'
import { drumTimes, inDrumTime } from './drum-time.ts'
import { measureOf, roundFrom, ruleFill } from './fill.ts'
import { type Groove, grooveSteps, sortHits } from './groove.ts'

const grooves = fc
  .record({
    metre: fc.constantFrom(fourFour, metre(3, 4), metre(7, 8), metre(12, 8), metre(5, 16)),
    measures: fc.integer({ min: 1, max: 5 }),
    strokes: fc.uniqueArray(fc.tuple(fc.nat(79), fc.constantFrom(...drums)), { selector: String, maxLength: 40 }),
  })
  .map(({ strokes, ...rest }): Groove => {
    const length = rest.measures * grooveSteps({ ...rest, hits: [] })
    const hits = strokes.flatMap(([step, drum]) =>
      step < length ? [{ step, drum, velocity: 1 + step, offsetMs: 0 }] : [],
    )
    return { ...rest, hits: sortHits(hits) }
  })

describe('drums in half time and double time', () => {
  it('stay in the groove’s measures, on its steps, and the touch stays with its strokes', () => {
    fc.assert(
      fc.property(grooves, fc.constantFrom(...drumTimes), (plain, time) => {
        const felt = { ...plain, hits: plain.hits.map((hit) => ({ ...hit, offsetMs: hit.velocity })) }
        const moved = inDrumTime({ plain, felt }, time)
        expect(moved.felt.hits).toEqual(moved.plain.hits.map((hit) => ({ ...hit, offsetMs: hit.velocity })))
        expect(moved.plain.hits).toEqual(sortHits(moved.plain.hits))
        for (const { step } of moved.plain.hits) {
          expect(Number.isInteger(step) && step >= 0 && step < plain.measures * grooveSteps(plain)).toBe(true)
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('keep the time on the hat', () => {
    const hits = [0, 4, 8, 12].flatMap((step) =>
      (['snare', 'closed-hat'] as const).map((drum) => ({ step, drum, velocity: 90, offsetMs: 0 })),
    )
    const groove = { metre: fourFour, measures: 1, hits }
    const steps = (time: 'half' | 'double', drum: string) =>
      inDrumTime({ plain: groove, felt: groove }, time).plain.hits.flatMap((hit) =>
        hit.drum === drum ? [hit.step] : [],
      )
    expect([steps('half', 'closed-hat'), steps('double', 'closed-hat')]).toEqual([
      [0, 4, 8, 12],
      [0, 4, 8, 12],
    ])
    expect([steps('half', 'snare'), steps('double', 'snare')]).toEqual([
      [0, 8],
      [0, 2, 4, 6, 8, 10, 12, 14],
    ])
  })
})

describe('a fill by rule', () => {
  it('is a measure of strokes that get louder, down to the low tom', () => {
    const { hits, measures } = ruleFill(fourFour)
    const rolled = hits.filter(({ drum }) => drum !== 'kick')
    expect([measures, rolled.length]).toEqual([1, 16])
    expect(rolled.map(({ velocity }) => velocity)).toEqual(rolled.map(({ velocity }) => velocity).sort((a, b) => a - b))
    expect([rolled[0]?.drum, rolled.at(-1)?.drum]).toEqual(['snare', 'low-tom'])
    const firsts = (['snare', 'high-tom', 'mid-tom', 'low-tom'] as const).map((drum) => {
      return ruleFill(metre(7, 8)).hits.find((hit) => hit.drum === drum)?.step
    })
    expect(firsts).toEqual([0, 4, 8, 12])
    expect(ruleFill(metre(12, 8)).hits.filter(({ drum }) => drum !== 'kick')).toHaveLength(12)
  })
})

it('a groove that goes round is the same whatever measure it is taken from', () => {
  fc.assert(
    fc.property(grooves, fc.nat(7), fc.integer({ min: 1, max: 9 }), (groove, first, measures) => {
      const round = roundFrom(groove, first, measures)
      expect(round.measures).toBe(measures)
      for (let measure = 0; measure < measures; measure++) {
        expect(measureOf(round, measure).hits).toEqual(measureOf(groove, (first + measure) % groove.measures).hits)
      }
    }),
    { numRuns: runs(100) },
  )
})
