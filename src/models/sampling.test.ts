import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { seeded } from './random.ts'
import { createSampler, logProbability, type Sampling } from './sampling.ts'

const logits = Float32Array.of(1, 3, 2, -1)
const draw = (sampling: Sampling, count = 20_000, scores = logits) => {
  const sampler = createSampler(scores.length)
  const random = seeded(5)
  const counts = Array<number>(scores.length).fill(0)
  for (let index = 0; index < count; index++) {
    const token = sampler(scores, sampling, random)
    counts[token] = (counts[token] as number) + 1
  }
  return counts.map((each) => each / count)
}

describe('sampling', () => {
  it('takes the likeliest at temperature 0, the first of equals', () => {
    expect(draw({ temperature: 0 }, 10)).toEqual([0, 1, 0, 0])
    expect(draw({ temperature: 0 }, 10, Float32Array.of(1, 2, 2))).toEqual([0, 1, 0])
  })

  it('draws at temperature 1 as the model learnt, and wilder above', () => {
    for (const [token, share] of draw({ temperature: 1 }).entries()) {
      expect(share).toBeCloseTo(Math.exp(logProbability(logits, token)), 1)
    }
    expect(draw({ temperature: 5 })[1]).toBeLessThan(draw({ temperature: 1 })[1] as number)
    expect(draw({ temperature: 0.2 })[1]).toBeGreaterThan(draw({ temperature: 1 })[1] as number)
  })

  it('keeps to the likeliest under top-p', () => {
    expect(draw({ temperature: 1, topP: 0.8 })).toEqual([0, expect.closeTo(0.73, 1), expect.closeTo(0.27, 1), 0])
    expect(draw({ temperature: 1, topP: 0 })).toEqual([0, 1, 0, 0])
  })

  it('keeps to the mask, and follows the bias', () => {
    expect(draw({ temperature: 0, mask: [1, 0, 1, 1] }, 10)).toEqual([0, 0, 1, 0])
    expect(draw({ temperature: 1, mask: [true, false, false, false] }, 10)).toEqual([1, 0, 0, 0])
    expect(draw({ temperature: 0, bias: [0, 0, 0, 9] }, 10)).toEqual([0, 0, 0, 1])
    expect(draw({ temperature: 0, mask: [0, 0, 0, 0] }, 10)).toEqual([0, 1, 0, 0])
  })

  it('always chooses a class that may be chosen, whatever the numbers', () => {
    const number = fc.oneof(
      fc.float(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, fc.boolean(), number), { minLength: 1, maxLength: 40 }),
        number,
        number,
        fc.integer(),
        (classes, temperature, topP, seed) => {
          const scores = Float32Array.from(classes, ([score]) => score)
          const mask = classes.map(([, may]) => may)
          const bias = classes.map(([, , by]) => by)
          const token = createSampler(classes.length)(scores, { temperature, topP, mask, bias }, seeded(seed))
          expect(Number.isInteger(token) && token >= 0 && token < classes.length).toBe(true)
          const usable = classes.map(([score, may, by]) => may && Number.isFinite(Math.fround(score) + by))
          if (usable.includes(true)) expect(usable[token]).toBe(true)
        },
      ),
      { numRuns: runs(2000) },
    )
  })

  it('log-probabilities add up to one, however large the scores', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1 }), (scores) => {
        const all = Float32Array.from(scores)
        expect(all.reduce((sum, _, token) => sum + Math.exp(logProbability(all, token)), 0)).toBeCloseTo(1, 9)
      }),
    )
  })
})
