import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { metreText, parseMetre } from '../../music/index.ts'
import { measureWords } from './measure-words.ts'
import { readCharts } from './read-charts.ts'

it('a measure is read again as it was written, in any metre, wherever its chords begin', async () => {
  const metres = fc.constantFrom('2/4', '3/4', '4/4', '5/4', '7/4', '6/8', '7/8', '3+2+2/8', '3+3+2/8', '9/8', '12/8')
  const shares = fc.array(fc.constantFrom('C', 'F', 'G7', '.'), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(metres, shares, async (metre, words) => {
      const barsOf = async (text: string) =>
        (await readCharts(`${metreText(parseMetre(metre))} ${text}`)).songs[0]?.bars
      const typed = await barsOf(`C | ${words.join(' ')}`)
      const written = typed?.map((bar) =>
        measureWords(bar)
          .words.map((placed) => placed?.symbol ?? '.')
          .join(' '),
      )
      const beats = (bars: typeof typed) => bars?.map(({ chords }) => chords.map(({ beat }) => expect.closeTo(beat, 9)))
      const read = await barsOf(written?.join(' | ') ?? '')
      expect(read?.map(({ chords }) => chords.map(({ beat }) => beat))).toEqual(beats(typed))
    }),
    { numRuns: runs(300) },
  )
})
