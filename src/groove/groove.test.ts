import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drums, fourFour } from '../music/index.ts'
import { type DrumHit, type Groove, hitBeat, onSixteenths, sortHits } from './groove.ts'

const hits = fc
  .uniqueArray(
    fc.record({
      step: fc.nat(47),
      drum: fc.constantFrom(...drums),
      velocity: fc.integer({ min: 1, max: 127 }),
      offsetMs: fc.constant(0),
    }),
    { selector: ({ step, drum }: DrumHit) => `${step} ${drum}` },
  )
  .map(sortHits)
const inTriplets = hits.map((all): Groove => ({ metre: fourFour, measures: 2, stepsPerBeat: 6, hits: all }))

describe('a groove in triplets', () => {
  it('has its last triplets on the straight eighths, its first on the sixteenths before', () => {
    const beats = [0, 2, 4, 5, 6].map((step) => hitBeat({ stepsPerBeat: 6 }, step))
    expect(beats).toEqual([0, 0.25, 0.5, 0.75, 1].map((beat) => expect.closeTo(beat, 9)))
    expect([0, 1, 2].map((step) => hitBeat({}, step))).toEqual([0, 0.25, 0.5])
  })

  it('is on sixteenths a groove of sixteenths: no stroke is further off than half a step, and the loudest stay', () => {
    fc.assert(
      fc.property(inTriplets, (groove) => {
        const { hits, stepsPerBeat } = onSixteenths(groove)
        expect(stepsPerBeat).toBeUndefined()
        expect(sortHits(hits)).toEqual(hits)
        expect(new Set(hits.map(({ step, drum }) => `${step} ${drum}`)).size).toBe(hits.length)
        for (const { step, drum, velocity } of groove.hits) {
          const near = hits.filter(
            (hit) => hit.drum === drum && Math.abs(hit.step - 4 * hitBeat(groove, step)) <= 0.5 + 1e-9,
          )
          expect(Math.max(...near.map((hit) => hit.velocity))).toBeGreaterThanOrEqual(velocity)
        }
      }),
    )
  })

  it('on sixteenths already, it stays as it is', () => {
    fc.assert(
      fc.property(hits, (all) => {
        const groove: Groove = { metre: fourFour, measures: 3, hits: all }
        expect(onSixteenths(groove)).toBe(groove)
      }),
    )
  })
})
