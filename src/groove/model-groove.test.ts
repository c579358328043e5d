import { describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { randomNetwork } from '../../test/random-network.ts'
import { feelEncoding } from '../models/encodings/feel.ts'
import { metreDrums } from '../models/encodings/metre-drums.ts'
import { createEngine, type Encoding, finish, type InputRow, type Model } from '../models/index.ts'
import { fourFour, parseMetre, stepsPerMeasure } from '../music/index.ts'
import { applyFeel } from './apply-feel.ts'
import { bassline } from './bassline.ts'
import { fixedGroove } from './fixed-groove.ts'
import { sortHits } from './groove.ts'
import { modelGroove } from './model-groove.ts'

function randomModel(encoding: Encoding, seed = 1): Model {
  const network = randomNetwork({ inputs: encoding.inputs, units: [12], classes: encoding.classes }, seed, 3)
  return { name: 'random', network, encoding, engine: createEngine(network), temperature: 1, notices: [] }
}

const drums = randomModel(metreDrums)
const feel = randomModel(feelEncoding)
const fixedOf = (beats: number[], metre = fourFour, measures?: number) =>
  fixedGroove(
    bassline(
      beats.map((beat) => note(beat)),
      metre,
      measures,
    ),
  )
const answer = (fixed: ReturnType<typeof fixedOf>, seed = 0, model = drums) =>
  finish(modelGroove(model, fixed, { seed }))

describe('a model’s groove', () => {
  it.each(['4/4', '3/4', '7/8', '5/4', '12/8'])('is a groove as long as the fixed one in %s', (text) => {
    const metre = parseMetre(text)
    for (const measures of [1, 3, 7]) {
      const fixed = fixedOf([0, 1.5, 2], metre, measures)
      const groove = answer(fixed)
      expect(groove).toMatchObject({ metre, measures })
      expect(sortHits(groove.hits)).toEqual(groove.hits)
      const last = groove.hits.at(-1)?.step as number
      expect(last).toBeLessThan(measures * stepsPerMeasure(metre))
      expect(last).toBeGreaterThanOrEqual((measures - 1) * stepsPerMeasure(metre))
    }
  })

  it('is the same for the same seed, and another for another', () => {
    const fixed = fixedOf([0, 2.5, 5])
    expect(answer(fixed, 4)).toEqual(answer(fixed, 4))
    expect(answer(fixed, 4)).not.toEqual(answer(fixed, 5))
  })

  it('repeats a phrase where the bass does', () => {
    const phrase = [0, 2.5, 5, 11]
    const { hits } = answer(fixedOf([...phrase, ...phrase.map((beat) => beat + 16)], fourFour, 8))
    const round = (from: number) =>
      hits.filter(({ step }) => step >= from && step < from + 64).map((hit) => ({ ...hit, step: hit.step - from }))
    expect(round(64)).toEqual(round(0))
  })

  it('answers the fixed groove that the model has heard, place by place', () => {
    const rows: number[][] = []
    const feed = (row: InputRow) => {
      rows.push([...row.indices.subarray(0, row.count)].sort((a, b) => a - b))
      drums.engine.feed(row)
    }
    const { start, logits } = drums.engine
    answer(fixedOf([0, 2.5]), 0, { ...drums, engine: { ...drums.engine, start, logits, feed } })
    const heard = rows.slice(1, 17).map(([token]) => token)
    expect(heard).toEqual([7, 0, 4, 0, 4, 0, 4, 0, 4, 0, 6, 0, 4, 0, 4, 0])
    const shown = rows.map((row) => row.filter((index) => index >= 636 && index < 645).map((index) => index - 636))
    expect(shown.slice(0, 16).flat()).toEqual([])
    expect(shown.slice(16, 21)).toEqual([[0, 1, 2], [], [2], [], [2]])
  })

  it('needs a model that plays drums', () => {
    expect(() => answer(fixedOf([0]), 0, feel)).toThrow('plays no drums')
  })
})

describe('feel', () => {
  const groove = answer(fixedOf([0, 1.5, 5, 6.25]))

  it('touches velocity and time, and no more than that', () => {
    const felt = applyFeel(feel, groove, 120, 1)
    expect(felt.hits.map(({ step, drum }) => [step, drum])).toEqual(groove.hits.map(({ step, drum }) => [step, drum]))
    for (const { velocity, offsetMs } of felt.hits) {
      expect(velocity).toSatisfy((hard: number) => hard >= 1 && hard <= 127 && Number.isInteger(hard))
      expect(Math.abs(offsetMs)).toBeLessThanOrEqual(62.5)
    }
    expect(felt.hits).not.toEqual(groove.hits)
  })

  it('of 0 leaves the groove as it is, and of a half moves each hit half as far', () => {
    const [none, half, whole] = [0, 0.5, 1].map((amount) => applyFeel(feel, groove, 120, amount))
    expect(none?.hits.map(({ offsetMs, ...hit }) => ({ ...hit, offsetMs: offsetMs + 0 }))).toEqual(groove.hits)
    for (const [index, hit] of (whole?.hits ?? []).entries()) {
      expect(half?.hits[index]?.offsetMs).toBeCloseTo(hit.offsetMs / 2)
    }
  })

  it('is for the loop: a groove twice over is touched as the groove, each time', () => {
    const { metre, measures, hits } = groove
    const length = measures * stepsPerMeasure(metre)
    const twice = {
      metre,
      measures: 2 * measures,
      hits: [...hits, ...hits.map((hit) => ({ ...hit, step: hit.step + length }))],
    }
    const [once, round] = [applyFeel(feel, groove, 120, 1), applyFeel(feel, twice, 120, 1).hits.slice(0, hits.length)]
    for (const [index, { velocity }] of once.hits.entries()) {
      expect(Math.abs((round[index]?.velocity as number) - velocity)).toBeLessThanOrEqual(2)
    }
  })

  it('needs a model of feel', () => {
    expect(() => applyFeel(drums, groove, 120, 1)).toThrow('no feel')
  })
})
