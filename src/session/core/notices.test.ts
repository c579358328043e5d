import { expect, it } from 'vitest'
import { notices, noticeText } from './notices.ts'

it('a chart that can’t be read is refused with its symbol and measure', () => {
  expect(noticeText('bad-chart', 'Dm7 | Gfoo')).toBe(
    '“Gfoo” in measure 2 of the chart is not a chord: write it like Dm7, G7 or C/E.',
  )
  expect(noticeText('bad-metre', 'x')).toBe('“x” is not a metre: write it like 4/4, 7/8 or 2+2+3/8.')
})

it('a chart that can be read in two ways says how it was read', () => {
  expect(noticeText('chart-doubt', 'C | D2')).toBe('Measure 2: “D2” is read as add9: write sus2 if it has no third.')
})

it('other notices are one sentence each', () => {
  expect(noticeText('learnt', 'cc 20')).toBe('Learnt. cc 20')
  expect(noticeText('no-bass')).toBe(notices['no-bass'])
  expect(noticeText('groove-failed', 'a model said so')).toBe(notices['groove-failed'])
  expect(noticeText('bad-chart', 'C')).toBe(notices['bad-chart'])
})
