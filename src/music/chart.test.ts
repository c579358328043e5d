import { expect, it } from 'vitest'
import { parseChart } from './chart.ts'
import { chordAt } from './chord-at.ts'
import { fourFour, parseMetre } from './metre.ts'

const symbolsAt = (text: string, beats: number[], metre = fourFour) =>
  beats.map((beat) => chordAt(parseChart(text), metre, beat)?.symbol ?? null)

it('a measure a chord, % repeats', () => {
  expect(symbolsAt('Dm7 | G7 | Cmaj7 | %', [0, 3.99, 4, 8, 12])).toEqual(['Dm7', 'Dm7', 'G7', 'Cmaj7', 'Cmaj7'])
})

it('chords share a measure evenly, in its own metre', () => {
  expect(symbolsAt('Dm7 G7 | C', [0, 1.5, 2.9, 3], parseMetre('3/4'))).toEqual(['Dm7', 'G7', 'G7', 'C'])
})

it('where the metre limps, they change with its groups', () => {
  expect(symbolsAt('Dm7 G7 | C', [0, 1.9, 2, 3.4, 3.5], parseMetre('7/8'))).toEqual(['Dm7', 'Dm7', 'G7', 'G7', 'C'])
})

it('the chart goes round, before its start too', () => {
  expect(symbolsAt('C | F', [8, 12, -0.5])).toEqual(['C', 'F', 'F'])
})

it('N.C. stands for no chord, and a % in a measure repeats the chord before', () => {
  expect(symbolsAt('|| N.C. | Am % D7 D7 ||', [0, 4, 5, 6])).toEqual([null, 'Am', 'Am', 'D7'])
})

it.each([
  ['Dm7 | H7', 'measure 2'],
  ['Dm7 | | G7', 'Measure 2'],
  ['% | C', 'Measure 1'],
  ['', 'Measure 1'],
])('%j is refused with its place', (text, place) => {
  expect(() => parseChart(text)).toThrow(place)
})
