import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChart } from './chart.ts'
import { readChart } from './chart-text.ts'

/** A chart as it is played: measures between bars, a dash where there is no chord, section names in brackets. */
const played = (text: string) =>
  readChart(text)
    .measures.map(({ section, chords }) => {
      const names = chords.map((chord) => chord?.symbol ?? '-').join(' ')
      return section === null ? names : `[${section}] ${names}`
    })
    .join(' | ')

describe('a chart', () => {
  it.each([
    ['|: Dm7 | G7 :|', 'Dm7 | G7 | Dm7 | G7'],
    ['C / / / | F / G /', 'C C C C | F F G G'],
    ['Am7 . . D7', 'Am7 Am7 Am7 D7'],
    ['C /// | F...', 'C C C C | F F F F'],
    ['C | / G / /', 'C | C G G G'],
    ['N.C. | NC Am | %', '- | - Am | - Am'],
    ['Dm7 | %\n% | G7 %', 'Dm7 | Dm7 | Dm7 | G7 G7'],
  ])('%j has the measures %j', (text, measures) => {
    expect(played(text)).toBe(measures)
  })

  it.each([
    ['twice', '|: C | F :| G', 'C | F | C | F | G'],
    ['three times', '|: C | F :| x3', 'C | F | C | F | C | F'],
    ['three times, in other words', '|: C :|3x\nF', 'C | C | C | F'],
    ['from the start', 'C | F :| G', 'C | F | C | F | G'],
    ['one after the other', '||: C :||: F :|| G', 'C | C | F | F | G'],
    ['with the signs of music type', '𝄆 C | F 𝄇', 'C | F | C | F'],
    ['with endings', '|: Dm7 | G7 |1. C | A7 :|2. C | % ||', 'Dm7 | G7 | C | A7 | Dm7 | G7 | C | C'],
    ['with endings for several passes', '|: A | B |1,2. C :|3. D ||', 'A | B | C | A | B | C | A | B | D'],
    ['with endings in brackets', '|: C | [1 D :| [2 E | F ||', 'C | D | C | E | F'],
    ['with endings, and then something else', '|: C |1. D :|2. E ||: F :| G', 'C | D | C | E | F | F | G'],
    ['more often than it has endings', '|: C |1. D :|2. E :| x3', 'C | D | C | D | C | E'],
    ['measure by measure', 'Am7 x4 | D7 x2', 'Am7 | Am7 | Am7 | Am7 | D7 | D7'],
    ['line by line', 'C | F | x2\nG', 'C | F | C | F | G'],
  ])('is repeated %s', (_, text, measures) => {
    expect(played(text)).toBe(measures)
  })

  it.each([
    ['[A] C | F\n[B] G | C', '[A] C | F | [B] G | C'],
    ['[A] C | F G [B] Dm | C [Solo] F', '[A] C | F G | [B] Dm | C | [Solo] F'],
    ['A: C | F |\nB: G | C ||', '[A] C | F | [B] G | C'],
    ['Verse 1:\nC | F\n\nChorus:\n|: G :|', '[Verse 1] C | F | [Chorus] G | [Chorus] G'],
    ['*A C | *B |: F :|', '[A] C | [B] F | [B] F'],
    ['[Intro] |: C | F :|', '[Intro] C | F | [Intro] C | F'],
  ])('%j has the sections %j', (text, measures) => {
    expect(played(text)).toBe(measures)
  })

  it('has a measure for each line, and lines may begin and end with bars', () => {
    expect(played('| C | F |\n| G | C |\n\nAm\r\nDm7')).toBe('C | F | G | C | Am | Dm7')
  })

  it.each([
    ['C maj7 | F m7 Bb 7', 'C maj7 | F m7 Bb 7', [0, 4, 7, 11]],
    ['A (b9) D', 'A (b9) D', [9, 1, 4, 10]],
    ['A b9 | D', 'A b9 | D', [9, 1, 4, 10]],
    ['C7(b9, b13) | F', 'C7(b9, b13) | F', [0, 4, 7, 10, 1, 8]],
    ['C /E | F', 'C/E | F', [0, 4, 7]],
    ['(Am7 D7) | (G)', 'Am7 D7 | G', [9, 0, 4, 7]],
    ['am7, d7; g', 'Am7 D7 G', [9, 0, 4, 7]],
  ])('%j has chords with spaces and brackets', (text, measures, tones) => {
    expect(played(text)).toBe(measures)
    expect(parseChart(text)[0]?.[0]?.tones).toEqual(tones)
  })

  it('is read in German where it says so, and in French where it is', () => {
    expect(played('German: C | H7 | Em | B')).toBe('C | B7 | Em | Bb')
    expect(played('Deutsch:\nAs | Es')).toBe('Ab | Eb')
    expect(played('Do | Lam | Rém7 | Sol7 Do7')).toBe('C | Am | Dm7 | G7 C7')
    expect(played('[La fin] C | G7')).toBe('[La fin] C | G7')
    expect(played('Mi vida: C | G7')).toBe('[Mi vida] C | G7')
    expect(played('Do7 | G7')).toBe('Do7 | G7')
  })

  it('says what can be read in two ways, and where', () => {
    expect(readChart('C | D2 | %').doubts).toEqual(['Measure 2: “D2” is read as add9: write sus2 if it has no third.'])
    expect(readChart('Dm7 | G7(b9) | C6/9').doubts).toEqual([])
  })
})

describe('a chart that can’t be read is refused with a sentence', () => {
  it.each([
    [
      'Dm7 | H7',
      '“H7” in measure 2 of the chart is not a chord: write B, or begin the chart with “German:” if H is its B.',
    ],
    [
      'C | F || D.C. al Fine',
      '“D.C” in measure 3 of the chart is not a chord: write out the measures that it leads to.',
    ],
    ['hello', '“hello” in measure 1 of the chart is not a chord: write it like Dm7, G7 or C/E.'],
    ['C | Foo bar', '“Foo” in measure 2 of the chart is not a chord: write it like Dm7, G7 or C/E.'],
    ['C | x4 | F', '“x4” in measure 2 of the chart is not a chord: write it like Dm7, G7 or C/E.'],
    ['C | | F', 'Measure 2 of the chart is empty: write % to repeat.'],
    ['| |', 'Measure 1 of the chart is empty: write % to repeat.'],
    ['', 'Measure 1 of the chart is empty: write its chord, or % to repeat.'],
    [' [A] ', 'Measure 1 of the chart is empty: write its chord, or % to repeat.'],
    ['% | C', 'Measure 1 of the chart repeats a chord, but there is none before it.'],
    ['/ C', 'Measure 1 of the chart repeats a chord, but there is none before it.'],
    [':| C', 'The chart ends a repeat with :| before its first measure.'],
    ['[Am7] | C', '“[Am7]” in measure 1 of the chart is not a chord: write it like Dm7, G7 or C/E.'],
    [
      `C | ${'D'.repeat(500)}`,
      `“${'D'.repeat(24)}…” in measure 2 of the chart is not a chord: write it like Dm7, G7 or C/E.`,
    ],
    ['C '.repeat(100), 'Measure 1 of the chart has more than 64 chords.'],
    ['C|'.repeat(100_000), 'The chart has more than 5000 measures: write it shorter.'],
    [`|: ${'C x99|'.repeat(40)} :| x99`, 'The chart has more than 5000 measures: write it shorter.'],
  ])('%j', (text, sentence) => {
    expect(() => readChart(text)).toThrow(new RangeError(sentence))
  })

  it('and with nothing else, whatever is typed', () => {
    const bits = [
      'C',
      'Dm7',
      '|',
      '|:',
      ':|',
      '%',
      '/',
      '.',
      'x2',
      'x99',
      '[A]',
      '1.',
      '2.',
      '\n',
      'N.C.',
      ' ',
      'A:',
      'b9',
      '(',
      ')',
    ]
    const texts = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...bits)).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const { measures } = readChart(text)
          expect(measures.length).toBeGreaterThan(0)
          expect(measures.length).toBeLessThanOrEqual(5000)
          for (const { chords } of measures) expect(chords.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
  })
})

it('a chart is read again from what was read', () => {
  const symbols = fc.constantFrom('C', 'Dm7', 'G7(b9)', 'Am7/G', 'F#m7b5', 'B♭Δ7', 'N.C.')
  fc.assert(
    fc.property(
      fc.array(fc.array(symbols, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      (measures) => {
        const text = measures.map((chords) => chords.join(' ')).join(' | ')
        expect(played(text).replaceAll('-', 'N.C.')).toBe(text)
      },
    ),
  )
})
