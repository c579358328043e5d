import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { randomNetwork } from '../../test/random-network.ts'
import { intervalMelody } from '../models/encodings/interval-melody.ts'
import { keyMelody, lookbackMelody, magentaRange, oneHotMelody } from '../models/encodings/melody.ts'
import { metreDrums } from '../models/encodings/metre-drums.ts'
import { soloEncoding } from '../models/encodings/solo.ts'
import { createEngine, type Encoding, finish, type InputRow, type Model } from '../models/index.ts'
import { type Chord, fourFour, type Note, nearestStep, parseChord, parseMetre, transposeChord } from '../music/index.ts'
import { answerCall, type CallRequest } from './answer-call.ts'

function randomModel(encoding: Encoding): Model {
  const network = randomNetwork({ inputs: encoding.inputs, units: [12], classes: encoding.classes }, 1, 3)
  return { name: 'random', network, encoding, engine: createEngine(network), temperature: 1, notices: [] }
}

/** The same model, and the rows that it is fed from now on, as the places that are not zero. */
function overheard(model: Model): { model: Model; rows: number[][] } {
  const rows: number[][] = []
  const { engine } = model
  const feed = (row: InputRow) => {
    rows.push([...row.indices.subarray(0, row.count)])
    engine.feed(row)
  }
  return { model: { ...model, engine: { ...engine, feed } }, rows }
}

const singer = randomModel(intervalMelody)
const call = [note(1, 60, 0.5, 80), note(1.5, 64, 0.25, 91), note(2, 30, 1, 93)]
const answer = (model: Model, request: Partial<CallRequest> = {}) =>
  finish(answerCall(model, { call, metre: fourFour, notes: 20, seed: 0, ...request })).melody

describe.each([intervalMelody, oneHotMelody(magentaRange), lookbackMelody(magentaRange), keyMelody(magentaRange)])(
  'an answer in the encoding $name',
  (encoding) => {
    const model = randomModel(encoding)

    it('is a melody in the range of MIDI, of no more notes than it may have, that comes after the call', () => {
      const beats = fc.double({ min: 0, max: 40, noNaN: true })
      const played: fc.Arbitrary<Note> = fc.record({
        pitch: fc.nat(127),
        velocity: fc.integer({ min: 1, max: 127 }),
        beat: beats,
        beats,
      })
      fc.assert(
        fc.property(fc.array(played, { minLength: 1, maxLength: 30 }), fc.nat(8), fc.nat(), (call, notes, seed) => {
          const melody = answer(model, { call, notes, seed })
          expect(melody.length).toBeLessThanOrEqual(notes)
          let end = Math.max(...call.map(({ beat }) => nearestStep(beat))) / 4
          for (const { pitch, beat, beats } of melody) {
            expect(pitch).toBeGreaterThanOrEqual(0)
            expect(pitch).toBeLessThanOrEqual(127)
            expect(beat).toBeGreaterThanOrEqual(end)
            expect(beats).toBeGreaterThan(0)
            end = beat + beats
          }
        }),
        { numRuns: 30 },
      )
    })

    it('is the same for the same seed, and another for another', () => {
      expect(answer(model, { seed: 4 })).toHaveLength(20)
      expect(answer(model, { seed: 4 })).toEqual(answer(model, { seed: 4 }))
      expect(answer(model, { seed: 4 })).not.toEqual(answer(model, { seed: 5 }))
    })

    it('costs no more after a pause of an hour, or a note held as long, and is an answer to what came last', () => {
      const last = [note(7200, 60), note(7201, 62)]
      const { model: counted, rows } = overheard(model)
      const later = answer(counted, { call: [note(0, 70), ...last] })
      expect(rows.length).toBeLessThan(256 + 640)
      expect(later).toEqual(answer(model, { call: last }))
      rows.length = 0
      expect(answer(counted, { call: [note(0, 60, 7200)] })).toHaveLength(20)
      expect(rows.length).toBeLessThan(256 + 640)
    })
  },
)

describe.each([oneHotMelody(magentaRange), lookbackMelody(magentaRange), keyMelody(magentaRange)])(
  'an answer of a model that knows one key, in the encoding $name',
  (encoding) => {
    const scale = [60, 62, 64, 65, 67, 69, 71, 72].map((pitch, index) => note(index / 2, pitch))
    const transposed = (notes: readonly Note[], by: number) =>
      notes.map((each) => ({ ...each, pitch: each.pitch + by }))

    it('moves with the call, whatever its key and its octave are', () => {
      const model = randomModel(encoding)
      const home = answer(model, { call: scale })
      for (let by = -36; by <= 36; by++) {
        const melody = answer(model, { call: transposed(scale, by) })
        const pitchNames = (notes: readonly Note[]) => notes.map(({ pitch }) => (pitch + 120) % 12)
        expect(pitchNames(melody)).toEqual(pitchNames(transposed(home, by)))
      }
    })

    it('comes from the call in C and in the middle of the model’s range', () => {
      const { model, rows } = overheard(randomModel(encoding))
      answer(model, { call: scale, notes: 1 })
      const inC = [...rows]
      rows.length = 0
      answer(model, { call: transposed(scale, 29), notes: 1 })
      expect(rows).toEqual(inC)
    })
  },
)

describe('an answer', () => {
  it('has the velocity of the call, and beats that are counted on from it', () => {
    const [first] = answer(singer)
    expect(first?.velocity).toBe(88)
    expect(first?.beat).toBeGreaterThanOrEqual(3)
    const later = answer(singer, { call: call.map((each) => ({ ...each, beat: each.beat + 8 })) })
    expect(later).toEqual(answer(singer).map((each) => ({ ...each, beat: each.beat + 8 })))
  })

  it('comes from a model that is primed with the call from its first note on, at its place in the measure', () => {
    const { model, rows } = overheard(singer)
    answer(model, { metre: parseMetre('3/4'), notes: 1 })
    const places = rows.slice(0, 9).map((row) => row.map((at) => at - 184).filter((place) => place >= 0 && place < 32))
    expect(places).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 0].map((place) => [place]))
    const lastIntervals = rows.slice(1, 6).map((row) => row.filter((at) => at < 25).map((at) => at - 12))
    expect(lastIntervals).toEqual([[], [], [4], [4], [-12]])
  })

  it('is over the chords, where there are some and the model takes them, at the places where they are', () => {
    const { model, rows } = overheard(singer)
    const chords = ['C', 'Dm', null].map((symbol, index) => ({
      beat: 1.5 * index,
      chord: symbol && parseChord(symbol),
    }))
    answer(model, { chords: chords as CallRequest['chords'] & {}, notes: 1 })
    const roots = rows.slice(1, 9).map((row) => row.filter((at) => at > 254 && at <= 254 + 12).map((at) => at - 255))
    expect(roots).toEqual([[0], [2], [10], [10], [8], [8], [8], []])
  })

  it('moves with the call and its chords, into whatever key', () => {
    const dorian = [62, 64, 65, 67, 69, 71, 72, 74].map((pitch, index) => note(index / 2, pitch))
    const moved = (by: number) =>
      answer(singer, {
        call: dorian.map((each) => ({ ...each, pitch: each.pitch + by })),
        chords: [{ beat: 0, chord: transposeChord(parseChord('Dm7') as Chord, by, 0) }],
        notes: 8,
      }).map(({ pitch }) => pitch - by)
    for (let by = -5; by <= 6; by++) expect(moved(by)).toEqual(moved(0))
  })

  it('stays within a fifth of the call’s range, which counts as an octave at least', () => {
    const reach = (call: readonly Note[]) => {
      const pitches = [1, 2, 3, 4, 5].flatMap((seed) => answer(singer, { call, seed }).map(({ pitch }) => pitch))
      return [Math.min(...pitches), Math.max(...pitches)]
    }
    expect(reach([note(0, 50), note(1, 80)])).toEqual([43, 87])
    expect(reach([note(0, 60)])).toEqual([47, 73])
  })

  it('has fewer tones outside of the key of a call that is wholly in one, unless there are chords', () => {
    const inC = [60, 62, 64, 65, 67, 69, 71, 72].map((pitch, index) => note(index / 2, pitch))
    const inNone = [60, 61, 62, 63, 64, 65, 66, 67].map((pitch, index) => note(index / 2, pitch))
    const foreign = (call: readonly Note[], chords: CallRequest['chords'] & {} = []) =>
      Array.from({ length: 20 }, (_, seed) => answer(singer, { call, chords, seed }))
        .flat()
        .filter(({ pitch }) => [1, 3, 6, 8, 10].includes(pitch % 12)).length
    expect(foreign(inC)).toBeLessThan(0.8 * foreign(inNone))
    expect(foreign(inC)).toBeLessThan(0.8 * foreign(inC, [{ beat: 0, chord: parseChord('C') }]))
  })

  it('comes to rest on a tone of the chord, or of the key of the call', () => {
    const chords = [{ beat: 0, chord: parseChord('F#m7') }]
    const scale = [60, 62, 64, 65, 67, 69, 71, 72].map((pitch, index) => note(index / 2, pitch))
    for (let seed = 0; seed < 20; seed++) {
      const lastTone = (request: Partial<CallRequest>) =>
        (answer(singer, { call: scale, notes: 1 + (seed % 4), seed, ...request }).at(-1)?.pitch ?? 0) % 12
      expect([0, 4, 7, 9]).toContain(lastTone({}))
      expect([6, 9, 1, 4]).toContain(lastTone({ chords }))
    }
  })

  it('is as wild as the model is made for, unless another temperature is asked for', () => {
    const tame = { ...singer, temperature: 0 }
    expect(answer(tame, { seed: 1 })).toEqual(answer(tame, { seed: 2 }))
    expect(answer(tame, { temperature: 1, seed: 1 })).toEqual(answer(singer, { seed: 1 }))
  })

  it('has no notes where none may be, and few where the model falls silent', () => {
    expect(answer(singer, { notes: 0 })).toEqual([])
    const { engine } = singer
    const silent = { ...singer, engine: { ...engine, logits: engine.logits.map((_, token) => (token === 0 ? 9 : 0)) } }
    expect(answer(silent, { temperature: 0 })).toEqual([])
  })

  it('needs a call, and a model that plays melodies', () => {
    expect(() => answer(singer, { call: [] })).toThrow(RangeError)
    for (const encoding of [metreDrums, soloEncoding]) {
      expect(() => answer(randomModel(encoding))).toThrow('random plays no melodies: choose a melody model.')
    }
  })
})
