import { describe, expect, it } from 'vitest'
import { played, readChart } from '../../../../test/charts.ts'
import { readCharts } from '../index.ts'

/** Songs in ChordPro, and what is played. */
const charts: readonly (readonly [what: string, text: string, played: string])[] = [
  ['chords between words', '{title: Ours}\n[C]Nobody [Am]sang it [F]twice\n[G7]today', 'C | Am | F | G7'],
  ['chords between words without any directive', '[C]Nobody sang [F]it\n[G]twice', 'C | F | G'],
  ['bar lines between the chords', '{t: Ours}\n[|] [C]Nobody [F]sang [|] [G]it [|]', 'C F@2 | G'],
  [
    'sections',
    '{soc}\n[C]la [F]la\n{eoc}\n{sov}\n[G]la\n{eov}\n{start_of_bridge: Middle}\n[Am]la\n{end_of_bridge}',
    '[Chorus] C | F | [Verse] G | [Middle] Am',
  ],
  [
    'labels',
    '{start_of_verse label="Verse 1"}\n[C]la\n{end_of_verse}\n{comment: Intro}\n[F]la',
    '[Verse 1] C | [Intro] F',
  ],
  [
    'the chorus once more',
    '{soc}\n[C]la [F]la\n{eoc}\n{sov}\n[G]la\n{eov}\n{chorus}',
    '[Chorus] C | F | [Verse] G | [Chorus] C | F',
  ],
  [
    'a grid',
    '{start_of_grid shape="4x4"}\n|| Am . . . | C . G . | % . . . | F ||\n{end_of_grid}',
    '[] Am | C G@2 | C G@2 | F'.replace('[] ', ''),
  ],
  ['a grid with repeats and endings', '{sog}\n|: C . . . |1 F . . . :|2 G . . . |.\n{eog}', 'C | F | C | G'],
  ['a grid with margins', '{sog: 1+4x2+4}\nA | C . | F . | repeat\nB | G . | Am . |\n{eog}', '[A] C | F | [B] G | Am'],
  ['a grid with two measures again', '{sog}\n| C . | F . | %% . | . . | G . |\n{eog}', 'C | F | C | F | G'],
  ['two chords in a cell, and strums', '{sog}\n| C~G . / . | n.c. / / / |\n{eog}', 'C G@0.5 | N.C.'],
  ['metres', '{time: 3/4}\n{sog}\n| C . . |\n{eog}\n{time: 6/8}\n{sog}\n| F . . G . . |\n{eog}', '3/4 C | 6/8 F G@1.5'],
  [
    'what is not music',
    '{title: Ours}\n# [D]remark\n{define: C base-fret 1 frets x 3 2 0 1 0}\n{sot}\n--[3]--\n{eot}\n[C]la [*softly]la',
    'C',
  ],
  ['D.C. in a comment', '{title: Ours}\n[C]la [F]la\n{c: Fine}\n[G]la\n{c: D.C. al Fine}', 'C | F | G | C | F'],
]

describe('a song in ChordPro', () => {
  it.each(charts)('has %s', async (_, text, expected) => {
    expect(played(await readChart(text))).toBe(expected)
  })

  it('has a head, in either form', async () => {
    const head = '{title: Ours}\n{artist: Nobody}\n{key: Em}\n{tempo: 96}\n{meta: style Bossa Nova}\n{capo: 2}\n'
    const chart = await readChart(`${head}[Em]la`)
    expect(chart).toMatchObject({ title: 'Ours', composer: 'Nobody', style: 'Bossa Nova', key: 'Em', tempo: 96 })
    expect(chart.notices).toEqual([
      'The chart has no bar lines: each chord is one measure.',
      'The capo is not counted: the chords are read as they are written.',
    ])
    expect((await readChart('{t: Ours}\n{composer: Nobody}\n[C]la')).composer).toBe('Nobody')
  })

  it('may be one of several', async () => {
    const { songs } = await readCharts('{title: One}\n[C]la\n{new_song}\n{title: Two}\n[F]la\n')
    expect(songs.map((song) => [song.title, played(song)])).toEqual([
      ['One', 'C'],
      ['Two', 'F'],
    ])
  })

  it('is known by its name, too', async () => {
    expect(played(await readChart('[C] [F]\n', 'ours.cho'))).toBe('C | F')
  })

  it('takes no directive for what every object has', async () => {
    expect(played(await readChart('{title: Ours}\n{constructor}\n{__proto__: 1}\n[C]la'))).toBe('C')
  })

  it('names what it can’t read, and reads the rest', async () => {
    const { notices } = await readChart('{title: Ours}\n{time: waltz}\n[C]la [Do]la [Cfoo]la')
    expect(notices[0]).toContain('“waltz” is not a metre')
    expect(notices.at(-1)).toContain('is not a chord that can be read')
  })
})
