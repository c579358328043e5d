import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readChart as readOne } from '../../../test/charts.ts'
import { runs } from '../../../test/runs.ts'
import { song } from '../../../test/songs.ts'
import { measureShares, metreText, parseMetre, readChart } from '../../music/index.ts'
import { readSongs, type Section } from '../../session/index.ts'
import { inStyles, songOf } from './chart-song.ts'

const symbols = ['C', 'Dm7', 'G7', 'Fadd9', 'Bbmaj7', 'Am7b5', 'N.C.', 'Lam', 'F#7(b9)', 'E7/G#', 'C6/9']
const measure = fc.array(fc.constantFrom(...symbols, '/', '.', '%'), { minLength: 1, maxLength: 4 })
const part = fc.record({
  name: fc.constantFrom('A', 'B', 'Verse 1', 'C', 'Am', 'Coda', 'x2', '1.'),
  metre: fc.constantFrom('4/4', '3/4', '5/4', '7/8', '3+2+2/8'),
  measures: fc.array(measure, { minLength: 1, maxLength: 9 }),
})

it('a song of a chart has all of it: each chord on its beat, in its metre, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
      const text = parts.map(({ name, metre, measures }) => {
        const [first = [], ...rest] = measures
        return [[metre, ...first], ...rest]
          .map((words) => words.join(' '))
          .join(' | ')
          .replace(/^/, `[${name}] `)
      })
      const chart = await readOne(`C | ${text.join('\n')}`)
      const { song } = songOf(chart)
      expect(readSongs(JSON.stringify(song))).toEqual([song])
      const written = song.sections.flatMap(({ metre = '4/4', chart }) =>
        readChart(chart ?? '').measures.map(({ chords }) => ({ metre, chords })),
      )
      expect(written.map(({ metre }) => metre)).toEqual(chart.bars.map(({ metre }) => metreText(metre)))
      let sounding: string | null = null
      for (const [index, { metre, chords }] of chart.bars.entries()) {
        const slots = written[index]?.chords ?? []
        for (const [place, share] of measureShares(metre, slots.length).entries()) {
          const begun = chords.filter(({ beat }) => beat <= share + 1e-9).at(-1)
          const symbol: string | null = begun ? (begun.chord?.symbol ?? null) : sounding
          expect(slots[place]?.symbol ?? null).toBe(symbol)
        }
        sounding = chords.length > 0 ? (chords.at(-1)?.chord?.symbol ?? null) : sounding
      }
    }),
    { numRuns: runs(400) },
  )
})

it('a song of a chart can be read, however many beats its measures have', async () => {
  const { song, notices } = songOf(await readOne('Metre: 127/4\nC / C~F'))
  expect(readSongs(JSON.stringify(song))).toEqual([song])
  expect(notices).toHaveLength(1)
})

it('a song of a chart has the names of its sections, in rows of four measures', async () => {
  const { song } = songOf(await readOne('[A] |: C | F :| G | C | Am\n[Bridge] Dm | G7\n[Am] C'))
  expect(song.sections[0]?.chart).toBe('[A] C | F\n[A] C | F | G | C\nAm\n[Bridge] Dm | G7 | C')
})

it.each([
  ['2 Fast', '[Fast] C'],
  ['1 . 2', 'C'],
  ['2nd Verse', '[2nd Verse] C'],
  ['La fin', '[La fin] C'],
])(
  'a song of a chart has a section named “%s”, which is neither an ending nor a language',
  async (section, written) => {
    const chart = await readOne('C')
    const { song } = songOf({ ...chart, bars: chart.bars.map((bar) => ({ ...bar, section })) })
    expect(song.sections[0]?.chart).toBe(written)
    expect(readSongs(JSON.stringify(song))).toEqual([song])
  },
)

it('a song of a chart in several metres goes on by itself, and round', async () => {
  const { song } = songOf(await readOne('Tempo: 96\n[A] C | F\n[B] 3/4 G | %\n[A] 4/4 C'))
  expect(song.sections).toEqual([
    { name: 'A', tempo: 96, leave: 'end', metre: '4/4', chart: '[A] C | F' },
    { name: 'B', enter: 'loop', leave: 'end', metre: '3/4', chart: '[B] G | G' },
    { name: 'A (2)', enter: 'loop', leave: 'end', next: 'A', metre: '4/4', chart: '[A] C' },
  ])
  expect(parseMetre(song.sections[1]?.metre ?? '').numerator).toBe(3)
})

it('a song of a chart plays each section in its style, and in the chart’s where it has none', async () => {
  const { song } = songOf(await readOne('Style: Medium Swing\n[A] C | F\n[B: bossa] G | Am\n[A] C | F'))
  const sections = song.sections.map(({ chart, set }) => [chart, set?.['band-style']])
  expect(sections).toEqual([
    ['[A] C | F', 'swing'],
    ['[B] G | Am', 'bossa'],
    ['[A] C | F', 'swing'],
  ])
  expect(song.sections.map(({ leave }) => leave)).toEqual(['end', 'end', 'end'])
})

describe('a song with a chart that changes its style', () => {
  const first = { name: 'Head', tempo: 96, chart: '[A] C | F\n[B: bossa] G | Am', do: ['play'] }
  const songOfSections = (...sections: object[]) => song(sections as Section[])

  it('has a section for each style, which go round', async () => {
    const { sections } = await inStyles(songOfSections(first, { name: 'Coda', chart: 'C' }))
    expect(sections).toEqual([
      { ...first, leave: 'end', metre: '4/4', chart: '[A] C | F', set: { 'band-style': 'swing' } },
      {
        ...{ name: 'Head: B', enter: 'loop', leave: 'end', next: 'Head', metre: '4/4', chart: '[B] G | Am' },
        set: { 'band-style': 'bossa' },
      },
      { name: 'Coda', chart: 'C' },
    ])
  })

  it('is left as it was left, in its metre, in the style that it had', async () => {
    const waltz = { ...first, metre: '3/4', leave: 'end', next: 'Coda', set: { 'band-style': 'waltz' } }
    const { sections } = await inStyles(songOfSections(waltz, { name: 'Coda', chart: 'C' }))
    expect(sections.map(({ metre, next, set }) => [metre, next, set?.['band-style']])).toEqual([
      ['3/4', undefined, 'waltz'],
      ['3/4', 'Coda', 'bossa'],
      [undefined, undefined, undefined],
    ])
  })

  it('keeps a style of the performer’s own where its chart names none', async () => {
    const { sections } = await inStyles(songOfSections({ ...first, set: { 'band-style': 'own' } }))
    expect(sections.map(({ set }) => set?.['band-style'])).toEqual(['own', 'bossa'])
  })

  it('is the same song where nothing changes', async () => {
    const plain = songOfSections({ name: 'A', chart: '[Verse: 1] C | F' })
    expect(await inStyles(plain)).toBe(plain)
  })
})
