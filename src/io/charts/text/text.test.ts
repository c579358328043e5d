import { describe, expect, it } from 'vitest'
import { played, readChart } from '../../../../test/charts.ts'
import { readCharts } from '../index.ts'

/** Charts as they are typed, and what is played. */
const charts: readonly (readonly [what: string, text: string, played: string])[] = [
  ['measures', 'Dm7 | G7 | Cmaj7 | %', 'Dm7 | G7 | Cmaj7 | Cmaj7'],
  ['measures between bar lines, on several lines', '| Dm7 | G7 |\n| Cmaj7 | % |\n', 'Dm7 | G7 | Cmaj7 | Cmaj7'],
  ['chords that share a measure', 'C F | G Am Dm G7 | 3/4 C F G', 'C F@2 | G Am@1 Dm@2 G7@3 | 3/4 C F@1 G@2'],
  [
    'chords that change with the metre’s groups',
    '7/8 C F | 3+2+2/8 C F | C F G | 5/4 C F | 5/8 C F',
    '7/8 C F@2 | 3+2+2/8 C F@1.5 | C F@1.5 G@2.5 | 5/4 C F@3 | 5/8 C F@1',
  ],
  ['eighths of 7/8', '7/8 C . . . F . . | C . F . . G~Am .', '7/8 C F@2 | C F@1 G@2.5 Am@2.75'],
  ['beats', 'C / / G7 | Am7 . . D7 | C % % G7 | / F', 'C G7@3 | Am7 D7@3 | C G7@3 | F@2'],
  ['two chords on one beat', 'C / / G7~F', 'C G7@3 F@3.5'],
  ['a measure in which nothing is typed', '| C |  | F ||', 'C | - | F'],
  ['a measure before in another metre, whose chords share this one', 'C . F G | 3/4 %', 'C F@2 G@3 | 3/4 C F@1 G@2'],
  ['the two measures before', '| C | F | %% | . | G |', 'C | F | C | F | G'],
  ['no chord', 'C | N.C. | NC C', 'C | N.C. | N.C. C@2'],
  ['repeats', '|: C | F :| G', 'C | F | C | F | G'],
  ['a repeat and how often', '|: C :| x3 | G', 'C | C | C | G'],
  ['repeats back to back', '|: C :|: F :| G', 'C | C | F | F | G'],
  ['a line and how often', 'C | F | x2\nG', 'C | F | C | F | G'],
  ['endings', '|: C |1. F :|2. G | Am ||', 'C | F | C | G | Am'],
  ['endings in brackets', '|: C |[1 F :|[2 G ||', 'C | F | C | G'],
  ['an ending for two passes', '|: C |1,2 F :|3 G ||', 'C | F | C | F | C | G'],
  ['sections', '[A] C | F\n[B]\nG | Am\nBridge: Dm | %', '[A] C | F | [B] G | Am | [Bridge] Dm | Dm'],
  ['D.C. al Fine', 'C | F Fine |\nG | Am D.C. al Fine', 'C | F | G | Am | C | F'],
  ['D.C. al Fine after its bar line', '| C | F | Fine\n| G | Am | D.C. al Fine', 'C | F | G | Am | C | F'],
  ['D.S. al Coda', 'C | Segno F | G To Coda | Am D.S. al Coda ||\nCoda Dm | Em', 'C | F | G | Am | F | G | Dm | Em'],
  ['signs', 'C | 𝄋 F | G 𝄌 | Am D.S. al 𝄌 ||\nCoda\nDm', 'C | F | G | Am | F | G | Dm'],
  ['metres', 'Metre: 3/4\nC | 4/4 F | 2+2+3/8 G | 3+2/8 Am', '3/4 C | 4/4 F | 7/8 G | 3+2/8 Am'],
  ['remarks', '# ours\nC | F', 'C | F'],
  ['tensions behind a space', 'C7 (b9) | Fmaj7', 'C7(b9) | Fmaj7'],
]

describe('a chart in plain text', () => {
  it.each(charts)('has %s', async (_, text, expected) => {
    expect(played(await readChart(text))).toBe(expected)
    expect(played(await readChart(text.replaceAll('\n', '\r\n')))).toBe(expected)
  })

  it('has a head', async () => {
    const head = 'Title: Ours\nComposer: Nobody\nStyle: Swing\nKey: Bb\nTempo: 132\nMetre: 3/4\n'
    const chart = await readChart(`${head}\n| Bb | F7 |`)
    expect(chart).toMatchObject({ title: 'Ours', composer: 'Nobody', style: 'Swing', key: 'Bb', tempo: 132 })
    expect(played(chart)).toBe('3/4 Bb | F7')
  })

  it('says that it leaves out a tempo that nobody plays', async () => {
    const { tempo, notices } = await readChart('Tempo: 1000\nC | F')
    expect([tempo, notices]).toEqual([null, ['“1000” is not a tempo from 20 to 400 beats a minute: it is left out.']])
  })

  it('names what it can’t read, and reads the rest', async () => {
    const chart = await readChart('% | C | Hm7-5x | F | Hm7-5x G | 4/32 C')
    expect(played(chart)).toBe('- | C | - | F | G@2 | C')
    expect(chart.notices).toEqual([
      'Measure 1 repeats measures, but there are none before it.',
      '“4/32” is not a metre that is known: the metre before it goes on.',
      '“Hm7-5x” in measures 3 and 5 is not a chord that can be read: the chord before it goes on.',
    ])
  })

  it.each([
    ['nothing', '', 'is empty'],
    ['no chords', 'Dear diary, nothing happened.', 'has no chords that can be read'],
    ['no text', '\u0000\u0001\u0002', 'is not a chart that can be read'],
  ])('is refused where there is %s', async (_, text, sentence) => {
    await expect(readCharts(text)).rejects.toThrow(sentence)
  })
})
