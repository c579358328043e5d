import { expect, it } from 'vitest'
import { arrange, formOf } from '../band/index.ts'
import { readCharts } from '../io/charts/index.ts'
import { stretchesOf } from './accompany-drums.ts'

const blues = 'F7 | Bb7 | F7 | F7 | Bb7 | Bb7 | F7 | D7 | Gm7 | C7 | F7 | C7'
const a = 'C | Am | F | G | C | Am | F | G'

it.each([
  ['a blues, and its ending after the turnaround', blues, ['12', '12 1']],
  ['two choruses of blues as one form', `${blues} | ${blues}`, ['12 12', '12 12 1']],
  [
    'sections that come again, and the last chord',
    `[A] ${a} | ${a} [B] F | G | C | C [A] ${a}`,
    ['8 8 4 8', '8 8 4 7 1'],
  ],
])('the drummer hears %s', async (_, chart, expected) => {
  const { songs } = await readCharts(chart)
  const measures = arrange(formOf(songs[0]?.bars ?? []), 2)
  expect(stretchesOf(measures).map(({ parts }) => parts.map((part) => part.measures).join(' '))).toEqual(expected)
})
