import { describe, expect, it } from 'vitest'
import { parseMetre } from '../../music/index.ts'
import { InputRow } from '../input-row.ts'
import { chooseEncoding } from './choose.ts'
import { hold, noteOff } from './encoding.ts'
import { metreDrums } from './metre-drums.ts'
import { metreMelody } from './metre-melody.ts'

const entries = ({ count, indices, values }: InputRow) =>
  Object.fromEntries(Array.from({ length: count }, (_, entry) => [indices[entry], values[entry]]))

const dataConverter = (type: string, args = {}) => ({ dataConverter: { type, args } })
const place = { auxInputs: [{ type: 'MeasurePlace' }] }

it.each([
  ['metre-drums', 734, 512, { ...dataConverter('DrumsOneHotConverter'), ...place }],
  ['metre-melody', 194, 63, { ...dataConverter('MelodyConverter', { minPitch: 36, maxPitch: 96 }), ...place }],
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

describe('the encoding metre-melody', () => {
  const melody = metreMelody([36, 96])
  const row = new InputRow(melody.inputs)
  const rowOf = (events: number[], step: number, firstPlace = 0) => {
    melody.encode(row, events, step, { metre: parseMetre('3/4'), firstPlace })
    return entries(row)
  }

  it('begins, before any event, with the place of the first', () => {
    expect(rowOf([], -1, 8)).toEqual({ [63 + 8]: 1, [95 + 3]: 1, [127 + 0]: 1 })
  })

  it('remembers each pitch by the notes since it last began', () => {
    const { [133 + 24]: first, [133 + 26]: second } = rowOf([60, hold, 62, noteOff, 60], 4)
    expect([first, second]).toEqual([1, expect.closeTo(0.9)])
    expect(rowOf([60, hold, 62, noteOff], 3)[133 + 24]).toBeCloseTo(0.9)
  })
})
