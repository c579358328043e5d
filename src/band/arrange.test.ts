import { describe, expect, it } from 'vitest'
import { fourFour, parseChart, parseMetre } from '../music/index.ts'
import { arrange, type EndingName, formOf } from './index.ts'

/** A form of plain text, all of it one section. */
const form = (text: string) =>
  formOf(
    parseChart(text).map((chords) => ({
      metre: fourFour,
      section: null,
      chords: chords.map((chord, index) => ({ chord, beat: (4 * index) / chords.length })),
    })),
  )

const ending = (text: string, choruses = 1, name: EndingName = 'held') => {
  const measures = arrange(form(text), choruses, name)
  const at = measures.findIndex(({ end }) => end !== null)
  const end = measures[at]?.end
  return { measures: measures.length, at, end }
}

describe('an arrangement', () => {
  it('plays the form as often as it is asked to, each measure where the one before ends', () => {
    const measures = arrange(form('C | F | G7 | C'), 20)
    expect(measures.map(({ start }) => start)).toEqual(measures.map((_, index) => 4 * index))
    expect(measures.map(({ chorus }) => chorus)).toEqual(measures.map((_, index) => Math.floor(index / 4)))
    expect(
      measures.filter((_, index) => index % 4 === 2).every(({ now }) => now.chords[0]?.chord?.symbol === 'G7'),
    ).toBe(true)
  })

  it('ends with the last chord, held from where it begins', () => {
    expect(ending('C | G7 C')).toEqual({ measures: 2, at: 1, end: { beat: 2, beats: 2 } })
    expect(ending('C | G7 | F6', 3)).toEqual({ measures: 9, at: 8, end: { beat: 0, beats: 4 } })
  })

  it('holds a last chord that is written a measure before the end, and strikes one anew that goes on for longer', () => {
    const held = { metre: fourFour, section: null, chords: [] }
    const [c, g] = form('C | G')
    if (!c || !g) throw new Error('There are two measures.')
    const last = (count: number) =>
      arrange(formOf([c, g, ...Array(count).fill(held)]), 1).find(({ end }) => end !== null)
    expect(last(1)).toMatchObject({ start: 4, end: { beat: 0, beats: 8 } })
    expect(last(5)).toMatchObject({ start: 24, end: { beat: 0, beats: 4 } })
  })

  it('ends with the first chord, a measure later, where the last one is its dominant', () => {
    expect(ending('F7 | Bb7 | F7 | Gm7 C7')).toEqual({ measures: 5, at: 4, end: { beat: 0, beats: 4 } })
    expect(ending('Cm7 | Db7')).toEqual({ measures: 3, at: 2, end: { beat: 0, beats: 4 } })
    expect(ending('C | G')).toMatchObject({ measures: 2 })
  })

  it('ends a tag on the tonic with which its turnaround would begin again', () => {
    const blues = 'F7 | Bb7 | F7 | F7 | Bb7 | Bb7 | F7 | D7 | Gm7 | C7 | F7 D7 | Gm7 C7'
    expect(ending(blues, 1, 'tag')).toEqual({ measures: 20, at: 18, end: { beat: 0, beats: 8 } })
    expect(ending(blues, 1, 'short-tag')).toEqual({ measures: 16, at: 14, end: { beat: 0, beats: 8 } })
    expect(ending('C | A7 | Dm7 | G7', 1, 'short-tag')).toEqual({ measures: 9, at: 8, end: { beat: 0, beats: 4 } })
  })

  it('ends a tag of one measure in that measure, though its chord began before it', () => {
    const [first, last] = form('C | G7 C')
    if (!first || !last) throw new Error('There are two measures.')
    const waltz = { ...first, metre: parseMetre('3/4') }
    const measures = arrange(formOf([waltz, last, waltz]), 1, 'tag')
    expect(measures.find(({ end }) => end !== null)).toMatchObject({ start: 13, end: { beat: 0, beats: 3 } })
  })

  it('has no last chord where it ends without one', () => {
    expect(ending('C | N.C.')).toMatchObject({ at: -1 })
  })
})
