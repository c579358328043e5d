import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { classInterval, noSoloMemory } from '../../models/index.ts'
import { type Chord, parseChord } from '../../music/index.ts'
import { balance, balanceFeatures, featuresAt, featuresOfNote } from './balance.ts'
import { balanceWeights } from './balance-weights.ts'

const roots = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B']
const silent = { seconds: 1, bpm: 120, measure: 4, released: null, nextChord: null, beatsToNextChord: 0 }

const anyNote = fc.record({
  root: fc.nat(11),
  kind: fc.constantFrom('maj7', '7', 'm7', 'm7b5', 'dim7', '7sus4', null),
  place: fc.double({ min: 0, max: 12, noNaN: true }),
  last: fc.integer({ min: 24, max: 100 }),
  before: fc.option(fc.integer({ min: 24, max: 100 }), { nil: undefined }),
  interval: fc.integer({ min: -24, max: 24 }),
})

type AnyNote = typeof anyNote extends fc.Arbitrary<infer Each> ? Each : never

function chordOf({ root, kind }: Pick<AnyNote, 'root' | 'kind'>): Chord | null {
  return kind === null ? null : parseChord(`${roots[root % 12]}${kind}`)
}

function featuresOf({ root, kind, place, last, before, interval }: AnyNote) {
  const chord = chordOf({ root, kind })
  const features = new Int16Array(featuresOfNote)
  featuresAt({ chord, place }, last, before)(interval, features)
  return [...features]
}

describe('the balance of a line', () => {
  it('has a weight for each feature of a note, and none is met twice', () => {
    expect(balanceWeights).toHaveLength(balanceFeatures)
    fc.assert(
      fc.property(anyNote, (note) => {
        const features = featuresOf(note).filter((feature) => feature !== -1)
        expect(new Set(features).size).toBe(features.length)
        for (const feature of features) expect(balanceWeights[feature]).toBeTypeOf('number')
      }),
      { numRuns: runs(300) },
    )
  })

  it('adds to each interval the weights of its features', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const { place, last, before } = note
        const bias = new Float64Array(49)
        const press = { ...silent, place, chord: chordOf(note) }
        const pitches = before === undefined ? [last] : [last, before]
        const context = { last, press, sounded: { ...noSoloMemory, pitches }, recall: () => expect.fail('asked') }
        balance(bias, context, { balance: 1 })
        for (const [token, nats] of bias.entries()) {
          const features = featuresOf({ ...note, interval: classInterval(token) }).filter((feature) => feature !== -1)
          const sum = features.reduce((sum, feature) => sum + (balanceWeights[feature] ?? Number.NaN), 0)
          expect(nats).toBeCloseTo(sum, 9)
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('is the same in all keys', () => {
    fc.assert(
      fc.property(anyNote, fc.integer({ min: 1, max: 11 }), (note, semitones) => {
        const { root, last, before } = note
        const moved = before === undefined ? undefined : before + semitones
        const there = { ...note, root: root + semitones, last: last + semitones, before: moved }
        expect(featuresOf(there)).toEqual(featuresOf(note))
      }),
      { numRuns: runs(300) },
    )
  })
})
