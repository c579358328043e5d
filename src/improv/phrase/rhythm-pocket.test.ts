import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { chancesOf, stepClasses, stepOf } from '../../models/index.ts'
import { createRhythmRecall } from '../memory/index.ts'
import { createRhythmPocket } from './rhythm-pocket.ts'

/** Somebody who plays eighths, and now and then a triplet. */
const eighths = Array.from({ length: 60 }, (_, index) => ({
  phase: index % 2 === 0 ? 0 : 6,
  since: index === 0 ? null : index % 8 < 2 ? 4 : 6,
  beats: 0.5,
}))

function knowing(notes: typeof eighths) {
  const recall = createRhythmRecall()
  if (notes.length > 0) recall.learn(notes)
  recall.start(0)
  return recall
}

const anySteps = fc
  .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: stepClasses, maxLength: stepClasses })
  .map((scores) => Float32Array.from(scores))

/** The chances of the steps at a dial, those that end a phrase ruled out. */
function at(pocket: number, steps: Float32Array, recall = knowing(eighths)): Float64Array {
  const bias = Float64Array.from(steps, (_, token) => (stepOf(token).ends ? Number.NEGATIVE_INFINITY : 0))
  createRhythmPocket(recall).lean(bias, steps, { pocket, temperature: 1 })
  const chances = new Float64Array(stepClasses)
  chancesOf(
    steps.map((score, token) => score + (bias[token] as number)),
    chances,
  )
  return chances
}

const surpriseOf = (chances: Float64Array) => {
  const theirs = knowing(eighths).performed() as Float64Array
  return chances.reduce((sum, chance, token) => sum - chance * Math.log(theirs[stepOf(token).distance] as number), 0)
}

const longShare = (chances: Float64Array) =>
  chances.reduce((sum, chance, token) => sum + (stepOf(token).distance > 24 ? chance : 0), 0)

it('turns rhythm into the pocket or out of it, and leaves long rests as likely as they are', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const dials = [-1, -0.5, 0, 0.5, 1].map((dial) => at(dial, steps))
      const natural = dials[2] as Float64Array
      for (const [index, chances] of dials.entries()) {
        if (index > 0)
          expect(surpriseOf(chances)).toBeGreaterThanOrEqual(surpriseOf(dials[index - 1] ?? chances) - 1e-6)
        expect(longShare(chances)).toBeCloseTo(longShare(natural), 6)
        expect(chances.every((chance, token) => chance === 0 || !stepOf(token).ends)).toBe(true)
      }
    }),
    { numRuns: runs(100) },
  )
})

it('leaves rhythm alone where nobody is known', () => {
  const [steps] = fc.sample(anySteps, { numRuns: 1, seed: 1 }) as [Float32Array]
  expect(at(1, steps, knowing([]))).toEqual(at(0, steps))
})
