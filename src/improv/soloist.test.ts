import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomModel } from '../../test/fakes/soloist.ts'
import { type KeyPress, type Model, seeded } from '../models/index.ts'
import { type Chord, parseChord, pitchClass } from '../music/index.ts'
import { unbiased } from './biases/index.ts'
import { type Choice, createSoloist, type LineMemory } from './soloist.ts'

const model = randomModel(1, 16)
const soloist = createSoloist(model)

const press = (index: number, chord: Chord | null = null): KeyPress => ({
  seconds: index / 4,
  bpm: 120,
  place: (index / 2) % 4,
  measure: 4,
  released: null,
  chord,
  nextChord: null,
  beatsToNextChord: 0,
})

const choice = (seed: number, settings: Partial<Choice> = {}): Choice => ({
  ...unbiased,
  pocket: 0,
  temperature: 1,
  random: seeded(seed),
  ...settings,
})

const lineOf = (pitches: readonly number[]): LineMemory =>
  pitches.reduce((memory, pitch, index) => soloist.hear(memory, press(index), pitch), soloist.silence)

const answer = (memory: LineMemory, at: number, chosen: Choice, chord: Chord | null = null) =>
  soloist.answer(memory, press(at, chord), chosen)?.pitch ?? expect.fail('no answer')

describe('a soloist', () => {
  it('leaves the first pitch to the performer', () => {
    expect(soloist.answer(soloist.silence, press(0), choice(1))).toBeNull()
  })

  it('is a pure function: what others ask meanwhile changes nothing', () => {
    const memory = lineOf([60, 64, 67])
    const first = answer(memory, 3, choice(5))
    for (let seed = 0; seed < 20; seed++) answer(lineOf([50 + seed]), 1, choice(seed))
    expect(answer(memory, 3, choice(5))).toBe(first)
  })

  it('answers the same, however often it has thought ahead, and of what', () => {
    const memory = lineOf([60, 64, 67])
    const first = answer(memory, 3, choice(5))
    const other = lineOf([50, 51])
    for (const thought of [memory, other, soloist.silence, memory]) {
      soloist.prepare(thought)
      expect(answer(memory, 3, choice(5))).toBe(first)
      soloist.prepare(memory)
      soloist.prepare(thought)
      expect(answer(memory, 3, choice(5))).toBe(first)
    }
  })

  it('hears what others chose as what it chose itself', () => {
    const memory = lineOf([60, 64, 67])
    const own = soloist.answer(memory, press(3), choice(5)) ?? expect.fail()
    const heard = soloist.hear(memory, press(3), own.pitch)
    expect(answer(own.memory, 4, choice(6))).toBe(answer(heard, 4, choice(6)))
  })

  it('remembers a line as plain data: an equal memory has the same answers', () => {
    const heard = lineOf([60, 64, 67])
    const own = soloist.answer(heard, press(3), choice(5)) ?? expect.fail()
    for (const [memory, at] of [
      [soloist.silence, 0],
      [lineOf([60]), 1],
      [heard, 3],
      [own.memory, 4],
    ] as const) {
      const copy = structuredClone(memory)
      expect(copy).toEqual(memory)
      expect(soloist.answer(copy, press(at), choice(6))).toEqual(soloist.answer(memory, press(at), choice(6)))
      expect(soloist.hear(copy, press(at), 62)).toEqual(soloist.hear(memory, press(at), 62))
      expect(copy).toEqual(memory)
    }
  })

  it('takes one step of its model for each key after the first, whoever chose the pitch', () => {
    const { engine } = model
    let steps = 0
    const feed: Model['engine']['feed'] = (row) => {
      steps++
      engine.feed(row)
    }
    const counted = createSoloist({ ...model, engine: { ...engine, feed } })
    let memory = counted.silence
    for (let key = 0; key < 40; key++) {
      const answer = key % 3 > 0 ? counted.answer(memory, press(key), choice(key)) : null
      memory = answer?.memory ?? counted.hear(memory, press(key), 60 + (key % 7))
      counted.prepare(memory)
      counted.prepare(memory)
      expect(steps).toBe(key)
    }
  })

  it('chooses as it did when these answers were recorded', () => {
    expect(recorded().join(' ')).toBe(
      '64 64 72 88 58 44 50 47 48 62 62 56 43 59 61 67 51 55 59 56 62 64 40 63 66 ' +
        '63 65 89 90 82 74 69 48 47 44 60 64 70 58 70 62 62 72 66 62 69 71 60 66 70',
    )
  })

  const [seeds, lines] = [
    fc.nat(1_000_000),
    fc.array(fc.integer({ min: 40, max: 90 }), { minLength: 1, maxLength: 12 }),
  ]
  const chord = parseChord('Dm7') as Chord

  it('keeps to chord and scale with the whole of harmony, at any temperature', () => {
    fc.assert(
      fc.property(seeds, lines, fc.double({ min: 0.01, max: 5, noNaN: true }), (seed, line, temperature) => {
        const pitch = answer(lineOf(line), line.length, choice(seed, { harmony: 1, temperature }), chord)
        expect(chord.scale).toContain(pitchClass(pitch))
      }),
    )
  })

  it('goes the hand’s way with the whole of contour', () => {
    fc.assert(
      fc.property(seeds, lines, fc.integer({ min: -12, max: 12 }), (seed, line, hand) => {
        const pitch = answer(lineOf(line), line.length, choice(seed, { contour: 1, hand }), chord)
        expect(Math.sign(pitch - (line.at(-1) as number))).toBe(Math.sign(hand))
      }),
    )
  })

  it('never leaves its range, wherever the line was', () => {
    fc.assert(
      fc.property(seeds, lines, fc.integer({ min: 0, max: 116 }), (seed, line, lowest) => {
        const range = [lowest, lowest + 11] as const
        const pitch = answer(lineOf(line), line.length, choice(seed, { range, harmony: 1, contour: 1, hand: 3 }), chord)
        expect(pitch).toBeGreaterThanOrEqual(range[0])
        expect(pitch).toBeLessThanOrEqual(range[1])
      }),
    )
  })

  it('plays ever less outside of the scale, the further harmony is turned', () => {
    const outside = [0, 0.5, 0.9, 1].map((harmony) => {
      const pitches = Array.from({ length: 400 }, (_, seed) =>
        answer(lineOf([62, 65]), 2, choice(seed, { harmony }), chord),
      )
      return pitches.filter((pitch) => !chord.scale.includes(pitchClass(pitch))).length
    })
    expect(outside).toEqual([...outside].sort((a, b) => b - a))
    expect([(outside[0] as number) > 50, outside[3]]).toEqual([true, 0])
  })
})

/** The answers in a long line in which soloist and performer take turns, led by all that can lead it. */
function recorded(): number[] {
  const chords = ['Dm7', 'G7', 'Cmaj7', 'A7b9'].map(parseChord)
  const pitches: number[] = []
  let memory = lineOf([60])
  for (let key = 1; key <= 80; key++) {
    const now = press(key, chords[(key >> 3) % 4])
    const led = choice(key, {
      harmony: [0, 0.5, 0.9, 1][key % 4] as number,
      contour: [0, 0.3, 1][key % 3] as number,
      hand: [null, -3, 0, 5, 2][key % 5] ?? null,
      range: key > 60 ? [60, 72] : [40, 90],
    })
    const answer = key % 8 < 5 ? soloist.answer(memory, now, led) : null
    if (answer) pitches.push(answer.pitch)
    memory = answer?.memory ?? soloist.hear(memory, now, 55 + ((key * 7) % 24))
    if (key % 3 === 0) soloist.prepare(memory)
  }
  return pitches
}
