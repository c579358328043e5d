import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { irealLink, played, readChart } from '../../../../test/charts.ts'
import { parseMetre } from '../../../music/index.ts'
import { readCharts } from '../index.ts'
import { cellBeats } from './beats.ts'
import { unscrambled } from './link.ts'

/** Charts in iReal's tokens, and what is played: one for each element of the format. */
const charts: readonly (readonly [what: string, music: string, played: string])[] = [
  ['bars of one chord', 'T44C^7   |A-7   |D-9   |G7   Z', 'Cmaj7 | Am7 | Dm9 | G7'],
  ['two chords in a bar', '[T44C^7 A-7 |D-7 G7 Z', 'Cmaj7 Am7@2 | Dm7 G7@2'],
  ['a chord on each beat, between commas', 'T44C,A-,D-,G7|C   Z', 'C Am@1 Dm@2 G7@3 | C'],
  ['a chord on the last beat', 'T44C  G7|C   Z', 'C G7@3 | C'],
  ['bars of two cells', 'T44C,F,|G7,|C Z', 'C F@2 | G7 | C'],
  ['bars of eight cells', 'T44C   F   |G7      G|C       Z', 'C F@2 | G7 G@3 | C'],
  ['small and large chords', 'T44sC,D-,E-,F,|lG7   Z', 'C Dm@1 Em@2 F@3 | G7'],
  ['slashes keep their beat', 'T44C,p,p,G7,|pppF,Z', 'C G7@3 | F@3'],
  ['a slash holds the chord of the bar before', 'T44C   |p F Z', 'C | F@2'],
  ['the bar before', 'T44C F | x  |G   | x  Z', 'C F@2 | C F@2 | G | G'],
  ['the two bars before, between two bars', 'T44C   |F   |   r|    |G   Z', 'C | F | C | F | G'],
  ['the two bars before, in one bar', 'T44C   |F   |r   |G   Z', 'C | F | C | F | G'],
  ['a sign beside a chord', 'T44C F |x G Z', 'C F@2 | G@2'],
  ['a blank bar', 'T44C   |    |F   Z', 'C | - | F'],
  ['blank cells between parts', '[T44C   ]        [F   ]Y        {G   }', 'C | F | G | G'],
  ['no chord', 'T44C   |n   | n  |n C Z', 'C | N.C. | N.C. | N.C. C@2'],
  ['sections', '*A[T44C   ]*B[F   |G   ]*i[D-   ]*v[A-   Z', '[A] C | [B] F | G | [Intro] Dm | [Verse] Am'],
  ['sections behind the bar line', '{*AT44C   }[*BF   Z', '[A] C | C | [B] F'],
  ['a repeat', '{T44C   |F   }G   Z', 'C | F | C | F | G'],
  ['a repeat three times', '{T44C   |F  <3x> }G   Z', 'C | F | C | F | C | F | G'],
  ['a repeat, its count written backwards', '{T44C   <x4>}G   Z', 'C | C | C | C | G'],
  ['endings', '{T44C   |N1F   }        |N2G   |A-   Z', 'C | F | C | G | Am'],
  ['a first ending of two bars', '{T44C   |N1F   |D-   }        |N2G   ]', 'C | F | Dm | C | G'],
  ['three endings', '{T44C   |N1F   }N2G   }N3A-   Z', 'C | F | C | G | C | Am'],
  ['a last ending without a number', '{T44C   |N1F   }        |N0G   Z', 'C | F | C | G'],
  ['a second ending that is not marked', '{T44C   |N1F   }        |G   Z', 'C | F | C | G'],
  ['D.C. al Fine', '[T44C   |F   <Fine>][G   |D-7   <D.C. al Fine>Z', 'C | F | G | Dm7 | C | F'],
  [
    'D.C. before the last bar of its part',
    '[T44C   |F   <Fine>][G   <D.C. al Fine>|D-7   Z',
    'C | F | G | Dm7 | C | F',
  ],
  ['D.C. al Coda', '[T44C   |F  Q |G   ][A-   <D.C. al Coda> ]Y[QD-   |E-   Z', 'C | F | G | Am | C | F | Dm | Em'],
  ['a coda sign before the bar', '[T44C   |QF   |G   <D.C. al Coda> ][QD-   Z', 'C | F | G | C | Dm'],
  ['D.S. al Coda', '[T44C   |SF   |G  Q |A-   <D.S. al Coda> ]Y[QD-   Z', 'C | F | G | Am | F | G | Dm'],
  ['D.S. al Fine', '[T44C   |SF   |G  <Fine> |A-   <D.S. al Fine> Z', 'C | F | G | Am | F | G'],
  [
    'D.C. al 2nd ending, which follows later',
    '{*AT44C   |N1F   }        |N2G   ][*BD-   |E-   <D.C. al 2nd End.> ]',
    '[A] C | F | C | G | [B] Dm | Em | [A] C | G',
  ],
  [
    'D.C. al 3rd ending',
    '{T44C   |N1F   }    |N2G   ][D-   <D.C. al 3rd ending> ]    [N3A-   |E-   Z',
    'C | F | C | G | Dm | C | Am | Em',
  ],
  [
    'a repeat is played once after D.C.',
    '{T44C   |N1F   }    |N2G  Q ][D-   <D.C. al Coda> ][QA-   Z',
    'C | F | C | G | Dm | C | G | Am',
  ],
  ['a coda without D.C. ends the last chorus', '[T44C   |F  Q ]Y[QG   |A-   Z', 'C | F'],
  ['D.C. at the end means the next chorus', '[T44C   |G7   <D.C.> Z', 'C | G7'],
  ['END counts after a jump', '[T44C   |UF   |G   ][A-   <D.C. al Coda> Z', 'C | F | G | Am | C | F'],
  ['an invisible root', 'T44C   |W/B   |A-,W/G,F,W/E|D-   Z', 'C | C/B | Am Am/G@1 F@2 F/E@3 | Dm'],
  ['slash chords', 'T44C^7/E   |F#h7/C Bb7/D Z', 'Cmaj7/E | F#m7b5/C Bb7/D@2'],
  ['chords to choose instead', 'T44C   (Db7)|F(F#o7)   |(G)G7 (Db9)C Z', 'C | F | G7 C@2'],
  ['words', 'T44<Ballad feel>C   |<*36Hits>F   |<3 feet high>G   Z', 'C | F | G'],
  ['fermata and spacers', 'T44YC   |fF   ]YY[YYYG   Z', 'C | F | G'],
  ['3/4', 'T34C   |C G |F,G,A-|D-   Z', '3/4 C | C G@2 | F G@1 Am@2 | Dm'],
  [
    'metres that change',
    'T44C   |T34F   |T24G   |T54A- D- |T68E-  C|T12F G Z',
    'C | 3/4 F | 2/4 G | 5/4 Am Dm@3 | 6/8 Em C@2 | 12/8 F G@3',
  ],
  [
    '7/4, cut and odd metres',
    'T74C F |T22G   |T32A-   |T58D-   |T78E- F |T98G   Z',
    '7/4 C F@4 | 2/2 G | 3/2 Am | 5/8 Dm | 7/8 Em F@2 | 9/8 G',
  ],
  [
    'odd metres, shared evenly by two or three',
    'T54C,F,|C,F,G,|C  F  G  |T58C F |T78C,F,G,Z',
    '5/4 C F@3 | C F@2 G@3 | C F@2 G@3 | 5/8 C F@1 | 7/8 C F@1 G@2',
  ],
  [
    'signs for qualities',
    'T44C^   |C-^7   |Co   |Co7   |Ch   |Ch7   |C+   |C-7b5   Z',
    'Cmaj7 | CmMaj7 | Cdim | Cdim7 | Cm7b5 | Cm7b5 | C+ | Cm7b5',
  ],
  [
    'extensions',
    'T44C69   |C-69   |C7b9#5   |C13#11   |C^9#11   |C-^9   |Ch9   |C7alt   Z',
    'C69 | Cm69 | C7b9#5 | C13#11 | Cmaj9#11 | CmMaj9 | Cm9b5 | C7alt',
  ],
  [
    'suspensions',
    'T44Csus   |C7sus   |C9sus   |C13sus   |C7b9sus   |Cadd9   |C2   |C5   Z',
    'Csus | C7sus | C9sus | C13sus | C7b9sus | Cadd9 | C2 | C5',
  ],
  ['more chords than beats', 'T24C,D-,E-,F,|G Z', '2/4 C Dm@0.5 Em@1 F@1.5 | G'],
]

describe('a chart of iReal Pro', () => {
  it.each(charts)('has %s', async (_, music, expected) => {
    expect(played(await readChart(irealLink([{ music }])))).toBe(expected)
  })

  it('is the same in an older link, which is not scrambled', async () => {
    for (const [, music, expected] of charts) {
      const link = `irealbook://${encodeURIComponent(`Ours=Nobody=Ballad=Ab=n=${music}`)}`
      expect(played(await readChart(link))).toBe(expected)
    }
  })

  it('says in which style a section is, up to the next', async () => {
    const { bars } = await readChart(irealLink([{ music: '*A[T44C   |F   ]*B[<Latin>G   |C   ]<Swing>[C   |D.C. Z' }]))
    expect(bars.map(({ style }) => style)).toEqual([
      null,
      null,
      'Latin',
      'Latin',
      'Swing',
      ...bars.slice(5).map(() => expect.anything()),
    ])
  })

  it('says title, composer, style, key and tempo', async () => {
    const head = { title: 'Ours', composer: 'Nobody Known', style: 'Bossa Nova', tempo: 132 }
    const song = { ...head, key: 'A-', music: 'T44C   Z' }
    expect(await readChart(irealLink([song]))).toMatchObject({ ...head, key: 'Am' })
    expect(await readChart(irealLink([{ ...song, tempo: 0, key: 'Eb' }]))).toMatchObject({ tempo: null, key: 'Eb' })
  })

  it('names what it can’t read, and reads the rest', async () => {
    const chart = await readChart(irealLink([{ music: 'T44C   |F7-9-8-7   |T99G   |W/E   ?|@A-   Z' }]))
    expect(played(chart)).toBe('C | - | G | G/E | Am')
    expect(chart.notices).toEqual([
      'The metre T99 is not known: the metre before it goes on.',
      'The signs “?@” are not known: they are left out.',
      '“F7-9-8-7” in measure 2 is not a chord that can be read: the chord before it goes on.',
    ])
  })
})

describe('links', () => {
  const songs = ['One', 'Two', 'Three'].map((title) => ({ title, music: `T44C   |${'F   |'.repeat(20)}G7   Z` }))

  it('a playlist has its name and its songs', async () => {
    const charts = await readCharts(irealLink(songs, 'Our evening'))
    expect(charts.title).toBe('Our evening')
    expect(charts.songs.map(({ title, bars }) => [title, bars.length])).toEqual([
      ['One', 22],
      ['Two', 22],
      ['Three', 22],
    ])
  })

  it('an older playlist, too', async () => {
    const fields = songs.map(({ title, music }) => `${title}=Nobody=Swing=C=n=${music}`)
    for (const joint of ['=', '===']) {
      const { title, songs } = await readCharts(
        `irealbook://${encodeURIComponent(`${fields.join(joint)}${joint}Ours`)}`,
      )
      expect([title, ...songs.map((song) => song.title)]).toEqual(['Ours', 'One', 'Two', 'Three'])
    }
  })

  it('in a page in HTML and in a text are found, each', async () => {
    const [first = '', second = ''] = songs.map((song) => irealLink([song]))
    const quoted = irealLink([{ title: "Nobody's &", music: 'T44C   Z' }]).replace('%26', '&amp;')
    const page = `<html><body><a href="${first}">One</a> <a href='${second}'>Two</a> <a href="${quoted}">x</a></body></html>`
    expect((await readCharts(page)).songs.map(({ title }) => title)).toEqual(['One', 'Two', "Nobody's &"])
    expect((await readCharts(`Links:\n${first}\r\n${second}\n`)).songs.map(({ title }) => title)).toEqual([
      'One',
      'Two',
    ])
  })

  it('with bad percent signs, letters of any script, or no percent signs at all are read', async () => {
    const link = irealLink([{ title: 'Añoranza 夜 %', music: 'T44C   Z' }])
    expect((await readChart(link)).title).toBe('Añoranza 夜 %')
    expect((await readChart(decodeURIComponent(link).replace('Añoranza', '%E9%'))).title).toBe('\ufffd% 夜 %')
  })

  it('of which a song can’t be read are read without it', async () => {
    const { songs, notices } = await readCharts(
      irealLink([
        { title: 'Drums', music: 'T44x   Z' },
        { title: 'Ours', music: 'T44C   Z' },
      ]),
    )
    expect(songs.map(({ title }) => title)).toEqual(['Ours'])
    expect(notices).toEqual(['“Drums” has no chords that can be read.'])
    await expect(readCharts('irealb://')).rejects.toThrow('leads to no song')
  })
})

it('a scrambled music is its own tokens again, whatever its length', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('C', '7', '|', ',', '-', '{', 'b'), maxLength: 260 }), (music) => {
      const field = decodeURIComponent(irealLink([{ music }]))
        .split('=')
        .find((each) => each.startsWith('1r34LbKcu7'))
      expect(unscrambled(field ?? '')).toBe(music)
    }),
  )
})

it('each chord of a measure has a beat of its own, in order and inside', () => {
  const metre = fc.constantFrom('4/4', '3/4', '2/4', '5/4', '7/4', '6/8', '9/8', '12/8', '7/8').map(parseMetre)
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(15), { minLength: 1, maxLength: 16 }),
      fc.nat(4),
      metre,
      (places, margin, metre) => {
        const cells = places.toSorted((a, b) => a - b)
        const beats = cellBeats(cells, (cells.at(-1) ?? 0) + 1 + margin, metre)
        expect(beats).toEqual([...new Set(beats)].toSorted((a, b) => a - b))
        expect(beats.every((beat) => beat >= 0 && beat < (metre.numerator * 4) / metre.denominator)).toBe(true)
        if (cells[0] === 0) expect(beats[0]).toBe(0)
      },
    ),
  )
})
