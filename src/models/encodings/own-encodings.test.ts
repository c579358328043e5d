import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { parseChord, parseMetre, transposeChord } from '../../music/index.ts'
import { InputRow } from '../input-row.ts'
import { chooseEncoding } from './choose.ts'
import { hold, noteOff, type Setting } from './encoding.ts'
import { intervalMelody } from './interval-melody.ts'
import { metreDrums } from './metre-drums.ts'

const entries = ({ count, indices, values }: InputRow) =>
  Object.fromEntries(Array.from({ length: count }, (_, entry) => [indices[entry], values[entry]]))

const dataConverter = (type: string, args = {}) => ({ dataConverter: { type, args } })
const place = { auxInputs: [{ type: 'MeasurePlace' }] }

it.each([
  ['metre-drums', 734, 512, { ...dataConverter('DrumsOneHotConverter'), ...place }],
  ['interval-melody', 309, 51, dataConverter('IntervalMelodyEncoder')],
  ['solo', 396, 49, dataConverter('SoloEncoder')],
  ['feel', 252, 20, dataConverter('FeelEncoder')],
  ['phrase', 316, 225, dataConverter('PhraseEncoder')],
])('%s is known by its config and its sizes', (name, inputs, classes, config) => {
  const { encoding, notices } = chooseEncoding({ inputs, classes }, { claims: { config } }, 'a folder')
  expect([encoding.name, encoding.inputs, encoding.classes, notices]).toEqual([name, inputs, classes, []])
  const wider = { inputs: inputs + 1, classes }
  expect(() => chooseEncoding(wider, { claims: { config } }, 'a folder')).toThrow('fits no encoding known here')
})

describe('the encoding metre-drums', () => {
  const row = new InputRow(metreDrums.inputs)
  const onsetsAt = 700

  it('shows where the bass of the answered groove begins a note, from four steps back to eight ahead, round and round', () => {
    const to = [0b111, 0, 0b100, 0, 0, 0b10]
    const shown = (step: number) => {
      metreDrums.encode(row, [0, 0, 0, 0, 0, 0], step, { metre: parseMetre('3/8'), answer: { to, from: 0 } })
      return [...row.indices.subarray(0, row.count)]
        .filter((at) => at >= onsetsAt && at < onsetsAt + 13)
        .sort((a, b) => a - b)
    }
    expect(shown(-1)).toEqual([0, 5, 6, 11, 12].filter((step) => step <= 8).map((step) => onsetsAt + 4 + step))
    expect(shown(4)).toEqual([0, 5, 6, 11, 12].flatMap((step) => (step - 5 >= -4 ? [onsetsAt + 4 + step - 5] : [])))
  })

  it('says nothing of what is not asked for', () => {
    metreDrums.encode(row, [5], 0, {})
    expect([...row.indices.subarray(0, row.count)].filter((at) => at >= 699)).toEqual([])
  })

  it('has a shuffle at the tempo of its beats, in the compound metre', () => {
    const tempo = (metre: string, bpm: number) => {
      metreDrums.encode(row, [], -1, { metre: parseMetre(metre), brief: { bpm } })
      return entries(row)[721]
    }
    expect(tempo('12/8', 180)).toBeCloseTo(tempo('4/4', 120) as number, 12)
    expect(tempo('4/4', 240)).toBe(1)
  })

  it('does not look at what is to come', () => {
    const rowOf = (events: number[]) => {
      metreDrums.encode(row, events, 1)
      return entries(row)
    }
    expect(rowOf([1, 2, 3, 4, 5])).toEqual(rowOf([1, 2]))
  })
})

describe('the encoding interval-melody', () => {
  const row = new InputRow(intervalMelody.inputs)
  const rowOf = (events: readonly number[], step: number, setting: Setting = {}) => {
    intervalMelody.encode(row, events, step, setting)
    return entries(row)
  }
  const melodies = fc.array(fc.oneof(fc.integer({ min: 40, max: 80 }), fc.constantFrom(hold, noteOff)), {
    minLength: 1,
    maxLength: 60,
  })
  const chords = fc.array(fc.constantFrom(null, ...['C', 'Dm7', 'G7', 'Bbmaj7/D'].map(parseChord)), { maxLength: 60 })

  it('begins, before any event, with the place of the first', () => {
    expect(rowOf([], -1, { metre: parseMetre('3/4'), firstPlace: 8 })).toEqual({
      [184 + 8]: 1,
      [184 + 32 + 3]: 1,
      [184 + 64]: 1,
    })
  })

  it('is blind to the key and to the octave', () => {
    fc.assert(
      fc.property(melodies, chords, fc.integer({ min: -40, max: 40 }), (events, played, by) => {
        const there = events.map((event) => (event < 0 ? event : event + by))
        const moved = played.map((chord) => chord && transposeChord(chord, by, 0))
        for (const step of events.keys()) {
          expect(rowOf(there, step, { chords: moved })).toEqual(rowOf(events, step, { chords: played }))
          expect(intervalMelody.label(there, step)).toBe(intervalMelody.label(events, step))
        }
      }),
      { numRuns: runs(20) },
    )
  })

  it('does not look at what is to come, but for the chords', () => {
    fc.assert(
      fc.property(melodies, melodies, chords, (events, later, played) => {
        const step = events.length - 1
        expect(rowOf([...events, ...later], step, { chords: played })).toEqual(rowOf(events, step, { chords: played }))
      }),
      { numRuns: runs(20) },
    )
  })

  it('has a class for each event, and finds the event again', () => {
    const within = fc.array(fc.oneof(fc.integer({ min: 60, max: 84 }), fc.constantFrom(hold, noteOff)))
    fc.assert(
      fc.property(within, (rest) => {
        const events = [60, ...rest]
        for (const [step, event] of events.entries()) {
          expect(intervalMelody.decode(intervalMelody.label(events, step), events.slice(0, step))).toBe(event)
        }
      }),
      { numRuns: runs(40) },
    )
  })

  it('knows the major keys that fit the last 24 notes, and no older ones', () => {
    const scale = [60, 62, 64, 65, 67, 69, 71, 72]
    const homes = (events: readonly number[]) =>
      Object.keys(rowOf(events, events.length - 1))
        .map((at) => Number(at) - 137)
        .filter((tonic) => tonic >= 0 && tonic < 12)
    expect(homes(scale)).toEqual([0])
    expect(homes([...scale, 67])).toEqual([5])
    const inB = [...scale, ...scale, ...scale].map((pitch) => pitch - 1)
    expect(homes([...scale, ...inB])).toEqual(homes(inB))
  })
})
