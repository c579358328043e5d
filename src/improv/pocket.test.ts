import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { classInterval } from '../models/index.ts'
import { parseChord, pitchClass } from '../music/index.ts'
import { notePitchKinds } from './pitch-kinds.ts'
import { createPocket } from './pocket.ts'

const classes = 49
const last = 60
const chord = parseChord('Dm7')
const anyLogits = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: classes, maxLength: classes })

function softmax(scores: readonly number[]): number[] {
  const weights = scores.map(Math.exp)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/** The chances at a dial, and the mean surprise to the performer. */
function at(dial: number, logits: readonly number[], performer: readonly number[]) {
  const bias = new Float64Array(classes)
  const choice = { pocket: dial, temperature: 1 }
  const kinds = new Uint8Array(classes)
  notePitchKinds(kinds, last, chord)
  const [own, theirs] = [Float32Array.from(logits), Float64Array.from(performer)]
  const { surprises, target } = createPocket(classes).lean(bias, own, theirs, kinds, choice, null)
  const chances = softmax([...Float32Array.from(logits)].map((logit, token) => logit + (bias[token] ?? 0)))
  return { chances, target, mean: chances.reduce((sum, chance, token) => sum + chance * (surprises[token] ?? 0), 0) }
}

describe('the pocket dial', () => {
  it('surprises the more, the further it is turned, and at 0 leaves everything as it is', () => {
    fc.assert(
      fc.property(anyLogits, anyLogits, (logits, theirs) => {
        const performer = softmax(theirs)
        const means = [-1, -0.5, 0, 0.5, 1].map((dial) => at(dial, logits, performer).mean)
        for (const [index, mean] of means.slice(1).entries())
          expect(mean).toBeGreaterThanOrEqual((means[index] ?? 0) - 1e-6)
        const { chances } = at(0, logits, performer)
        const natural = softmax([...Float32Array.from(logits)])
        for (const [token, chance] of chances.entries()) expect(chance).toBeCloseTo(natural[token] ?? 0, 9)
      }),
      { numRuns: runs(200) },
    )
  })

  it('changes nothing about how likely leaps and foreign tones are', () => {
    const isLeap = (token: number) => Math.abs(classInterval(token)) > 7
    const isForeign = (token: number) =>
      !isLeap(token) && !chord?.scale.includes(pitchClass(last + classInterval(token)))
    fc.assert(
      fc.property(anyLogits, anyLogits, fc.double({ min: -1, max: 1, noNaN: true }), (logits, theirs, dial) => {
        const share = (chances: readonly number[], test: (token: number) => boolean) =>
          chances.reduce((sum, chance, token) => sum + (test(token) ? chance : 0), 0)
        const [turned, natural] = [dial, 0].map((dial) => at(dial, logits, softmax(theirs)).chances) as [
          number[],
          number[],
        ]
        expect(share(turned, isLeap)).toBeCloseTo(share(natural, isLeap), 6)
        expect(share(turned, isForeign)).toBeCloseTo(share(natural, isForeign), 6)
      }),
      { numRuns: runs(200) },
    )
  })
})
