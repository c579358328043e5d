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
  ['metre-drums', 672, 512, { ...dataConverter('DrumsOneHotConverter'), ...place }],
  ['metre-melody', 194, 63, { ...dataConverter('MelodyConverter', { minPitch: 36, maxPitch: 96 }), ...place }],
  ['solo', 396, 49, dataConverter('SoloEncoder')],
  ['feel', 242, 36, dataConverter('FeelEncoder')],
])('%s is known by its config and its sizes', (name, inputs, classes, config) => {
  const { encoding, notices } = chooseEncoding({ inputs, classes }, { claims: { config } }, 'a folder')
  expect([encoding.name, encoding.inputs, encoding.classes, notices]).toEqual([name, inputs, classes, []])
  const wider = { inputs: inputs + 1, classes }
  expect(() => chooseEncoding(wider, { claims: { config } }, 'a folder')).toThrow('fits no encoding known here')
})

describe('the encoding metre-drums', () => {
  const row = new InputRow(metreDrums.inputs)
  const groove = [0b101, 0, 0b10, 0]

  it('shows the groove to answer from the answer on, at each step the one that sounds there', () => {
    const events = [...groove, 0, 0]
    const setting = { metre: parseMetre('2/8'), answer: { to: groove, from: groove.length } }
    const shown = (step: number) => {
      metreDrums.encode(row, events, step, setting)
      return [...row.indices.subarray(0, row.count)].filter((index) => index >= 636)
    }
    expect([-1, 0, 1, 2].map(shown)).toEqual([[], [], [], []])
    expect(shown(3)).toEqual([636, 638, 655])
    expect(shown(4)).toEqual([646, 663, 665])
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
