import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { irealLink } from '../../test/charts.ts'
import { runCli } from '../../test/run-cli.ts'
import { parseChart } from '../music/index.ts'
import { readSongs } from '../session/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const json = async (...args: string[]) => JSON.parse((await runCli('chart', ...args, '--json')).out)
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const link = (music: string) => irealLink([{ title: 'Ours', composer: 'Nobody', key: 'D-', tempo: 96, music }])

describe('a chart', () => {
  it('is the measures of one chorus, with chords where they begin', async () => {
    expect(await json(link('*A{T44D-7 G7/B |N1n   }        |N2 x  ]*B[T34C^7   Z'))).toEqual({
      title: 'Ours',
      composer: 'Nobody',
      style: 'Medium Swing',
      tempo: 96,
      key: 'Dm',
      bars: [
        { section: 'A', metre: '4/4', chords: [dm7, g7] },
        { section: 'A', metre: '4/4', chords: [{ symbol: 'N.C.', beat: 0, root: null, bass: null, tones: [] }] },
        { section: 'A', metre: '4/4', chords: [dm7, g7] },
        { section: 'A', metre: '4/4', chords: [{ symbol: 'N.C.', beat: 0, root: null, bass: null, tones: [] }] },
        { section: 'B', metre: '3/4', chords: [{ symbol: 'Cmaj7', beat: 0, root: 0, bass: 0, tones: [0, 4, 7, 11] }] },
      ],
      notices: [],
    })
  })

  it('may be a link, a file, or typed', async () => {
    const expected = [['C'], ['F', 'G7']]
    const music = 'T44C   |F G7 Z'
    const inputs = [
      link(music),
      file('ours.html', `<a href="${link(music)}">Ours</a>`),
      file('ours.txt', '| C | F G7 |'),
      'C | F G7',
      '| C |\n| F G7 |',
    ]
    for (const input of inputs) {
      const { bars } = await json(input)
      expect(bars.map(({ chords }: { chords: { symbol: string }[] }) => chords.map(({ symbol }) => symbol))).toEqual(
        expected,
      )
    }
    expect((await json('C F')).bars).toHaveLength(1)
  })

  it('is printed with its chords where they begin, as it can be typed again', async () => {
    const typed = 'C / / G7 | C F G7 | C G7 | 7/8 C F | C . F . . . .'
    const { out } = await runCli('chart', typed)
    const rows = out.split('\n').filter((line) => line.startsWith('|'))
    expect(rows.map((row) => row.replace(/ +/g, ' '))).toEqual([
      '| C . . G7 | C . F G7 | C G7 |',
      '| C F | C . F . . . . |',
    ])
    const beats = async (chart: string) =>
      (await json(chart)).bars.map(({ chords }: { chords: { beat: number }[] }) => chords.map(({ beat }) => beat))
    expect(await beats(`${rows[0]}\n7/8 ${rows[1]}`)).toEqual(await beats(typed))
    expect((await beats(typed)).slice(0, 2)).toEqual([
      [0, 3],
      [0, 2, 3],
    ])
  })

  it('of a playlist is a list of songs', async () => {
    const songs = ['One', 'Two'].map((title) => ({ title, music: 'T44C   Z' }))
    const { title, songs: read } = await json(irealLink([...songs, { title: 'Drums', music: 'T44x   Z' }], 'Ours'))
    expect([title, ...read.map((song: { title: string }) => song.title)]).toEqual(['Ours', 'One', 'Two'])
  })

  it('is printed in rows of four, and what can’t be read is said', async () => {
    const { out, err } = await runCli('chart', 'Title: Ours\n[A] C | F | Hx7 | . G | Am')
    expect(out).toBe(
      [
        'Ours',
        '5 measures',
        '',
        'A, 4/4',
        '| C              | F              | .              | . G            |',
        '| Am             |',
        '',
      ].join('\n'),
    )
    expect(err).toBe('“Hx7” in measure 3 is not a chord that can be read: the chord before it goes on.\n')
  })
})

describe('a chart as a song', () => {
  const made = async (chart: string) => {
    const path = join(folder, 'made.json')
    const { status, err } = await runCli('chart', chart, '-o', path)
    expect(status).toBe(0)
    return { songs: readSongs(readFileSync(path, 'utf8')), err }
  }

  it('has the whole form in a section, with each chord on its beat', async () => {
    const { songs } = await made('Title: Ours\nTempo: 96\n[A]|: C / / G7 | . F~Am | N.C. :|[B] Dm | / / | G')
    expect(songs).toEqual([
      {
        format: 'tradefours-song',
        version: 2,
        title: 'Ours',
        sections: [
          {
            name: 'A A B',
            tempo: 96,
            metre: '4/4',
            chart: '[A] C % % G7 | G7 % F Am | N.C.\n[A] C % % G7 | G7 % F Am | N.C.\n[B] Dm | Dm | G',
          },
        ],
      },
    ])
    expect(parseChart(songs[0]?.sections[0]?.chart ?? '')[1]).toHaveLength(4)
  })

  it('begins a section where the metre changes, which follows by itself', async () => {
    const { songs } = await made('C | F | 3/4 G | 2+2+3/8 Am | 3+2+2/8 %')
    expect(songs[0]?.sections.map(({ metre, chart }) => [metre, chart])).toEqual([
      ['4/4', 'C | F'],
      ['3/4', 'G'],
      ['7/8', 'Am'],
      ['3+2+2/8', 'Am'],
    ])
    expect(new Set(songs[0]?.sections.map(({ name }) => name)).size).toBe(4)
    expect(songs[0]?.sections.map(({ leave, next }) => [leave, next])).toEqual([
      ['end', undefined],
      ['end', undefined],
      ['end', undefined],
      ['end', 'Form'],
    ])
  })

  it('of a playlist is a set list, of a long chart several sections', async () => {
    const songs = Array.from({ length: 70 }, (_, index) => ({ title: `Song ${index}`, music: 'T44C   Z' }))
    const list = await made(irealLink(songs, 'Ours'))
    expect(list.songs).toHaveLength(64)
    expect(list.err).toContain('A set list has 64 songs at most')
    const long = await made(`|: ${'Cmaj7 / G7 / | '.repeat(500)}:| x4`)
    expect(long.songs[0]?.sections.length).toBeGreaterThan(1)
  })
})

it.each([
  ['nowhere.txt', 'there is no such file or folder'],
  ['', 'The chart is empty'],
  [' \n', 'The chart is empty'],
  ['irealb://nothing', 'The link leads to no song'],
  ['| | |', 'The chart has no chords that can be read.'],
])('%j is refused with a sentence', async (input, sentence) => {
  const { status, out, err } = await runCli('chart', input, '-o', join(folder, 'never.json'))
  expect([status, out]).toEqual([1, ''])
  expect(err).toContain(sentence)
  expect(err.trim().split('\n')).toHaveLength(1)
})

it.each(['blues', 'minor-blues', 'rhythm-changes', 'modal', 'waltz'])('the example %s is read whole', async (name) => {
  const ending = name === 'waltz' ? 'cho' : 'txt'
  const path = new URL(`../../examples/charts/${name}.${ending}`, import.meta.url).pathname
  const { bars, notices, key, tempo } = await json(path)
  expect(notices).toEqual([])
  expect([key, tempo]).not.toContain(null)
  expect(bars.length % 4).toBe(0)
})

const dm7 = { symbol: 'Dm7', beat: 0, root: 2, bass: 2, tones: [2, 5, 9, 0] }
const g7 = { symbol: 'G7/B', beat: 2, root: 7, bass: 11, tones: [7, 11, 2, 5] }
