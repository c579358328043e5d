import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomNetwork } from '../../test/random-network.ts'
import { soloEncoding } from '../models/encodings/solo.ts'
import { createEngine, type KeyPress, type Model, seeded } from '../models/index.ts'
import { type Chord, parseChord, pitchClass } from '../music/index.ts'
import { type Choice, chordVoice, createSoloist, type LineMemory } from './index.ts'

const network = randomNetwork({ inputs: soloEncoding.inputs, units: [16], classes: soloEncoding.classes }, 1, 3)
const model: Model = {
  name: 'random',
  network,
  encoding: soloEncoding,
  engine: createEngine(network),
  temperature: 1,
  notices: [],
}
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

const choice = (seed: number, dials: Partial<Choice> = {}): Choice => ({
  harmony: 0,
  contour: 0,
  hand: null,
  range: [0, 127],
  temperature: 1,
  random: seeded(seed),
  ...dials,
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

describe('another key of a chord', () => {
  it('keeps the hand’s shape, moved to where the line is', () => {
    expect(chordVoice(64, [{ key: 60, pitch: 67 }], null, 1)).toBe(71)
    expect(chordVoice(64, [{ key: 60, pitch: 67 }], parseChord('C7'), 1)).toBe(72)
    expect(chordVoice(55, [{ key: 60, pitch: 67 }], null, 0)).toBe(62)
  })

  it('sounds no pitch that another sounds, on the same side of it as the keys', () => {
    const others = fc.uniqueArray(
      fc.record({ key: fc.integer({ min: 0, max: 127 }), pitch: fc.integer({ min: 0, max: 127 }) }),
      {
        selector: ({ pitch }) => pitch,
        minLength: 1,
        maxLength: 10,
      },
    )
    fc.assert(
      fc.property(others, fc.nat(127), fc.constantFrom(0, 1), (held, played, harmony) => {
        const pitch = chordVoice(played, held, parseChord('G7'), harmony)
        expect(pitch).toSatisfy((value: number) => value >= 0 && value <= 127 && Number.isInteger(value))
        expect(held.map((other) => other.pitch)).not.toContain(pitch)
      }),
    )
    expect(
      chordVoice(
        62,
        [
          { key: 60, pitch: 70 },
          { key: 64, pitch: 72 },
        ],
        null,
        0,
      ),
    ).toBe(71)
  })
})
