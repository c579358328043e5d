import { describe, expect, it } from 'vitest'
import { metreText, parseMetre, stepsPerMeasure } from '../../music/index.ts'
import { swingAt } from '../style-names.ts'
import { bandStyleFor, bandStyles, parseBandStyle } from './index.ts'

describe('a style', () => {
  it.each(bandStyles)(
    'has patterns of whole beats and dotted quarters that are written as they should be: $name',
    (style) => {
      const { bass, comping, drumming = [] } = style
      for (const { text, metre = '4/4' } of drumming) {
        expect(text).toMatch(/^[x.-]+$/)
        expect(text.length % stepsPerMeasure(parseMetre(metre))).toBe(0)
        expect(metreText(parseMetre(metre))).toBe(metre)
      }
      for (const { text } of bass.patterns) expect(text).toMatch(/^([ro537cwanx][-.]*)+$/i)
      for (const { text } of comping.patterns) expect(text).toMatch(/^([x][-.]*|[.]+)+$/i)
      for (const { patterns } of [bass, comping]) {
        for (const { text } of patterns) expect([4, 6, 8, 12, 16]).toContain(text.length)
        for (const beats of [1, 1.5, 2]) expect(patterns.some(({ text }) => text.length === 4 * beats)).toBe(true)
      }
    },
  )

  it.each([
    ['swing ballad modal waltz', '3/4 5/4 3+2/4 6/8 7/4 4+3/4 7/8 3+2+2/8 12/8'],
    ['rock shuffle odd', '3/4 5/4 3+2/4 6/8 7/4 4+3/4 7/8 3+2+2/8 12/8'],
    ['bossa samba', '3/4 5/4 3+2/4 6/8 7/4 4+3/4 12/8'],
    ['latin', '3/4 6/8 12/8'],
  ])('tells the drummer what to strike in other metres, too: %s', (names, metres) => {
    for (const name of names.split(' ')) {
      const struck = new Set(parseBandStyle(name).drumming?.map(({ metre }) => metre))
      expect([...struck]).toEqual(expect.arrayContaining(metres.split(' ')))
    }
  })

  it.each([
    ['Medium Swing', 'swing'],
    ['Up Tempo Swing', 'swing'],
    ['Slow Jazz Ballad', 'ballad'],
    ['Bossa Nova', 'bossa'],
    ['Latin-Brazil: Samba', 'samba'],
    ['Afro 12/8', 'latin'],
    ['Jazz-Waltz', 'waltz'],
    ['Rock Pop', 'rock'],
    ['Even 8ths', 'pop'],
    ['Slow Blues', 'shuffle'],
    ['Funk', 'funk'],
  ])('is found by the name that charts give it: %s', (words, name) => {
    expect(bandStyleFor(words).name).toBe(name)
  })

  it('follows from the metre where nobody names it', () => {
    const named = (text: string) => bandStyleFor(null, parseMetre(text)).name
    expect(['4/4', '3/4', '5/4', '7/8'].map(named)).toEqual(['swing', 'waltz', 'odd', 'odd'])
  })

  it('that is not known is refused with those that are', () => {
    expect(() => parseBandStyle('polka')).toThrow(/“polka” is not a style that the band knows: choose swing, /)
  })

  it('swings wide at slow tempi and nearly even at fast ones', () => {
    const swing = parseBandStyle('swing')
    const ratio = (bpm: number) => swingAt(swing, bpm) / (1 - swingAt(swing, bpm))
    expect(ratio(70)).toBeGreaterThan(2.6)
    expect(ratio(300)).toBeLessThan(1.7)
    expect(swingAt(parseBandStyle('bossa'), 70)).toBe(1 / 2)
  })
})
