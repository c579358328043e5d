import { describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { randomNetwork } from '../../test/random-network.ts'
import { some } from '../../test/runs.ts'
import { feelEncoding } from '../models/encodings/feel.ts'
import { oneHotDrums } from '../models/encodings/magenta-drums.ts'
import { metreDrums } from '../models/encodings/metre-drums.ts'
import {
  createEngine,
  drumEvent,
  type Encoding,
  eventDrums,
  finish,
  type InputRow,
  type Model,
} from '../models/index.ts'
import { drumStyles, fourFour, parseMetre, stepsPerMeasure } from '../music/index.ts'
import { applyFeel } from './apply-feel.ts'
import { bassline } from './bassline.ts'
import { fixedGroove } from './fixed-groove.ts'
import { grooveEvents, grooveSteps, sortHits } from './groove.ts'
import { modelGroove } from './model-groove.ts'

function randomModel(encoding: Encoding, seed = 1, size = 3): Model {
  const network = randomNetwork({ inputs: encoding.inputs, units: [12], classes: encoding.classes }, seed, size)
  return { name: 'random', network, encoding, engine: createEngine(network), temperature: 1, notices: [] }
}

/** A model's engine, and the rows that it is fed. */
function watched({ engine }: Model) {
  const rows: Map<number, number>[] = []
  const feed = (row: InputRow) => {
    rows.push(new Map([...row.indices.subarray(0, row.count)].map((at, entry) => [at, row.values[entry] as number])))
    engine.feed(row)
  }
  return { rows, engine: { ...engine, feed } }
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
  it.each(some(['4/4', '3/4', '7/8', '5/4', '12/8']))('is a groove as long as the fixed one in %s', (text) => {
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

  it('sees at each step where the bass is, and what is asked for', () => {
    const { rows, engine } = watched(drums)
    const model = { ...drums, engine }
    finish(modelGroove(model, fixedOf([0, 2.5], fourFour, 2), { seed: 0, style: 'soul', intensity: 0.75, fill: true }))
    const shown = (from: number, count: number) =>
      rows
        .slice(0, 32)
        .map((row) => [...row.keys()].filter((at) => at >= from && at < from + count).map((at) => at - from))
    const [bassAt, onsetsAt, styleAt, fillAt] = [699, 700, 713, 732]
    expect(rows.slice(0, 32).every((row) => row.get(bassAt) === 1)).toBe(true)
    expect(shown(onsetsAt + 4, 1).flatMap((here, step) => here.map(() => step))).toEqual([0, 10])
    expect(new Set(shown(styleAt, 8).flat())).toEqual(new Set([drumStyles.indexOf('soul')]))
    expect(rows[0]?.get(723)).toBe(0.5)
    expect(shown(fillAt, 2).map(([kind]) => kind)).toEqual([...Array(16).fill(0), ...Array(16).fill(1)])
  })

  it.each([
    [0.5, 4, 16],
    [0.58, 4, 16],
    [0.6, 6, 24],
    [2 / 3, 6, 24],
  ])('with a swing of %d has %d steps a beat', (swing, stepsPerBeat, perMeasure) => {
    const groove = finish(modelGroove(drums, fixedOf([0, 1.5, 5]), { seed: 0, swing }))
    expect([groove.stepsPerBeat ?? 4, grooveSteps(groove), groove.metre]).toEqual([stepsPerBeat, perMeasure, fourFour])
    expect(Math.floor((groove.hits.at(-1)?.step as number) / perMeasure)).toBe(1)
  })

  it('never strikes the hat open and closed at once, nor more drums than a drummer has limbs', () => {
    const events = grooveEvents(answer(fixedOf([0, 1.5], fourFour, 16)))
    const hats = drumEvent(['closed-hat', 'open-hat'])
    expect(events.filter((event) => event & hats).length).toBeGreaterThan(0)
    expect(events.filter((event) => (event & hats) === hats)).toEqual([])
    expect(Math.max(...events.map((event) => eventDrums(event).length))).toBe(4)
  })

  it('is asked for again while it is no groove, up to a limit', () => {
    const { rows, engine } = watched(drums)
    const silent = { ...engine, logits: Float32Array.from({ length: 512 }, (_, token) => (token === 0 ? 1e6 : 0)) }
    expect(finish(modelGroove({ ...drums, engine: silent }, fixedOf([0]), { seed: 0 })).hits).toEqual([])
    expect(rows).toHaveLength(8 * 16)
    const { rows: long, engine: other } = watched(drums)
    finish(
      modelGroove({ ...drums, engine: { ...other, logits: silent.logits } }, fixedOf([0], fourFour, 300), { seed: 0 }),
    )
    expect(long).toHaveLength(300 * 16)
  })

  it('is told where it is in the form, and what ends with a fill', () => {
    const { rows, engine } = watched(drums)
    const form = [8, 4].map((measures) => ({ name: 'A', measures }))
    finish(modelGroove({ ...drums, engine }, fixedOf([0], fourFour, 12), { seed: 0, form }))
    const measures = Array.from({ length: 12 }, (_, measure) => rows[16 * measure + 8] as Map<number, number>)
    const [phraseAt, fillAt] = [724, 732]
    const told = (at: number, count: number) =>
      measures.map((row) => Array.from({ length: count }, (_, index) => index).find((index) => row.has(at + index)))
    expect(told(phraseAt, 8)).toEqual([7, 6, 5, 4, 3, 2, 1, 0, 3, 2, 1, 0])
    expect(told(fillAt, 2)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1])
  })

  it('is nearer to what it is to be like, and not the same', () => {
    const fixed = fixedOf([0, 2.5], fourFour, 8)
    const form = [{ name: 'A', measures: 8 }]
    const like = answer(fixed, 1)
    const [near, far] = [{ like }, {}].map((more) => finish(modelGroove(drums, fixed, { seed: 2, form, ...more })))
    const strokes = (groove = like) => new Set(groove.hits.map(({ step, drum }) => `${step} ${drum}`))
    const shared = (groove: typeof near) => [...strokes(groove)].filter((stroke) => strokes().has(stroke)).length
    expect(shared(near) / strokes(near).size).toBeGreaterThan(shared(far) / strokes(far).size)
    expect(near).not.toEqual(like)
  })

  describe('by a model of another make', () => {
    const other = randomModel(oneHotDrums(0))

    it('repeats a phrase where the bass does', () => {
      const phrase = [0, 2.5, 5, 11]
      const { hits } = answer(fixedOf([...phrase, ...phrase.map((beat) => beat + 16)], fourFour, 8), 0, other)
      const round = (from: number) =>
        hits.filter(({ step }) => step >= from && step < from + 64).map((hit) => ({ ...hit, step: hit.step - from }))
      expect(round(64)).toEqual(round(0))
    })

    it('follows the fixed groove, which it has heard, and is on sixteenths', () => {
      const { rows, engine } = watched(other)
      const groove = finish(modelGroove({ ...other, engine }, fixedOf([0, 2.5]), { seed: 0, swing: 2 / 3 }))
      const heard = rows.slice(0, 16).map((row) => [...row.keys()][0])
      expect(heard).toEqual([7, 0, 4, 0, 4, 0, 4, 0, 4, 0, 6, 0, 4, 0, 4, 0])
      expect(grooveSteps(groove)).toBe(16)
    })
  })

  it('needs a model that plays drums', () => {
    expect(() => answer(fixedOf([0]), 0, feel)).toThrow('plays no drums')
  })
})

describe('feel', () => {
  const groove = answer(fixedOf([0, 1.5, 5, 6.25]))

  it('touches velocity and time, and no more than that', () => {
    const felt = applyFeel(feel, groove, { bpm: 120 }, 1)
    expect(felt.hits.map(({ step, drum }) => [step, drum])).toEqual(groove.hits.map(({ step, drum }) => [step, drum]))
    for (const { velocity, offsetMs } of felt.hits) {
      expect(velocity).toSatisfy((hard: number) => hard >= 1 && hard <= 127 && Number.isInteger(hard))
      expect(Math.abs(offsetMs)).toBeLessThanOrEqual(62.5)
    }
    expect(felt.hits).not.toEqual(groove.hits)
  })

  it('of 0 leaves the groove as it is, and of a half moves each hit half as far', () => {
    const [none, half, whole] = [0, 0.5, 1].map((amount) => applyFeel(feel, groove, { bpm: 120 }, amount))
    expect(none?.hits.map(({ offsetMs, ...hit }) => ({ ...hit, offsetMs: offsetMs + 0 }))).toEqual(groove.hits)
    for (const [index, hit] of (whole?.hits ?? []).entries()) {
      expect(half?.hits[index]?.offsetMs).toBeCloseTo(hit.offsetMs / 2)
    }
  })

  it('is early and late, but as a whole neither', () => {
    const gentle = randomModel(feelEncoding, 1, 0.3)
    const late = applyFeel(gentle, groove, { bpm: 120 }, 1).hits.map(({ offsetMs }) => offsetMs)
    expect(late.some((ms) => ms > 0)).toBe(true)
    expect(late.reduce((sum, ms) => sum + ms, 0) / late.length).toBeCloseTo(0, 9)
  })

  it('leaves the strokes of one moment together', () => {
    const { hits } = applyFeel(feel, groove, { bpm: 120 }, 1)
    const offsets = new Map(hits.map(({ step, offsetMs }) => [step, offsetMs]))
    expect(hits.length).toBeGreaterThan(offsets.size)
    expect(hits.every(({ step, offsetMs }) => offsets.get(step) === offsetMs)).toBe(true)
  })

  it('is for the loop: a groove twice over is touched as the groove, each time', () => {
    const { metre, measures, hits } = groove
    const length = measures * stepsPerMeasure(metre)
    const twice = {
      metre,
      measures: 2 * measures,
      hits: [...hits, ...hits.map((hit) => ({ ...hit, step: hit.step + length }))],
    }
    const [once, round] = [
      applyFeel(feel, groove, { bpm: 120 }, 1),
      applyFeel(feel, twice, { bpm: 120 }, 1).hits.slice(0, hits.length),
    ]
    for (const [index, { velocity }] of once.hits.entries()) {
      expect(Math.abs((round[index]?.velocity as number) - velocity)).toBeLessThanOrEqual(2)
    }
  })

  it('needs a model of feel', () => {
    expect(() => applyFeel(drums, groove, { bpm: 120 }, 1)).toThrow('no feel')
  })
})
