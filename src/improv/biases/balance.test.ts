import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { noSoloMemory } from '../../models/index.ts'
import { type Chord, parseChord } from '../../music/index.ts'
import { balance } from './balance.ts'
import { balanceFeatures, balanceRows } from './balance-rows.ts'
import { balanceWeights } from './balance-weights.ts'

const roots = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B']
const silent = { seconds: 1, bpm: 120, measure: 4, released: null, nextChord: null, beatsToNextChord: 0 }
const classes = 49

const anyNote = fc.record({
  root: fc.nat(11),
  kind: fc.constantFrom('maj7', '7', 'm7', 'm7b5', 'dim7', '7sus4', null),
  place: fc.double({ min: 0, max: 12, noNaN: true }),
  pitches: fc.array(fc.integer({ min: 24, max: 100 }), { minLength: 1, maxLength: 5 }),
  register: fc.integer({ min: 24, max: 100 }),
})

type AnyNote = typeof anyNote extends fc.Arbitrary<infer Each> ? Each : never

function chordOf({ root, kind }: Pick<AnyNote, 'root' | 'kind'>): Chord | null {
  return kind === null ? null : parseChord(`${roots[root % 12]}${kind}`)
}

function momentOf(note: AnyNote) {
  const { place, pitches, register } = note
  return { press: { ...silent, place, chord: chordOf(note) }, sounded: { ...noSoloMemory, pitches, register } }
}

/** The features of each class of intervals, of each row. */
function featuresOf(note: AnyNote): number[][] {
  const { press, sounded } = momentOf(note)
  return balanceRows(press, sounded).map(({ at, of }) => [...of].map((kind) => at + kind))
}

describe('the balance of a line', () => {
  it('has a weight for each feature of a note, and none is met twice', () => {
    expect(balanceWeights).toHaveLength(balanceFeatures)
    fc.assert(
      fc.property(anyNote, fc.nat(classes - 1), (note, token) => {
        const features = featuresOf(note).map((row) => row[token] as number)
        expect(new Set(features).size).toBe(features.length)
        for (const feature of features) expect(balanceWeights[feature]).toBeTypeOf('number')
      }),
      { numRuns: runs(300) },
    )
  })

  it('adds to each interval the weights of its features', () => {
    fc.assert(
      fc.property(anyNote, fc.double({ min: 0, max: 1, noNaN: true }), (note, share) => {
        const { press, sounded } = momentOf(note)
        const bias = new Float64Array(classes)
        balance(
          bias,
          { last: note.pitches[0] ?? 60, press, sounded, recall: () => expect.fail('asked') },
          { balance: share },
        )
        const rows = featuresOf(note)
        for (const [token, nats] of bias.entries()) {
          const sum = rows.reduce((sum, row) => sum + (balanceWeights[row[token] as number] as number), 0)
          expect(nats).toBeCloseTo(share * sum, 9)
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('tells all kinds of tones, and all patterns, apart', () => {
    const note: AnyNote = { root: 0, kind: '7', place: 0, pitches: [60, 62, 64, 65, 67], register: 60 }
    const others: Partial<AnyNote>[] = [
      { root: 5 },
      { kind: 'm7' },
      { place: 0.5 },
      { pitches: [60, 61, 64, 65, 67] },
      { pitches: [60, 62, 63, 65, 67] },
      { pitches: [60, 62, 64, 66, 67] },
      { pitches: [60, 62, 64, 65, 64] },
      { pitches: [60, 62, 64] },
      { register: 70 },
    ]
    const told = [{}, ...others].map((other) => JSON.stringify(featuresOf({ ...note, ...other })))
    expect(new Set(told).size).toBe(told.length)
  })

  it('is the same in all keys, apart from the height', () => {
    const height = new Set(Array.from({ length: 43 }, (_, third) => balanceFeatures - 43 + third))
    const withoutHeight = (note: AnyNote) => featuresOf(note).filter(([feature = 0]) => !height.has(feature))
    fc.assert(
      fc.property(anyNote, fc.integer({ min: 1, max: 11 }), (note, semitones) => {
        const moved = {
          ...note,
          root: note.root + semitones,
          pitches: note.pitches.map((pitch) => pitch + semitones),
          register: note.register + semitones,
        }
        expect(withoutHeight(moved)).toEqual(withoutHeight(note))
        expect(withoutHeight(note)).toHaveLength(featuresOf(note).length - 1)
      }),
      { numRuns: runs(300) },
    )
  })
})
