import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { fourFour, type Note, parseMetre } from '../../music/index.ts'
import { harmonyAt, type Loop, recogniseChords } from '../index.ts'
import { chordsOf } from './harmony-played.ts'

/** Keys that go down together. */
const chord = (beat: number, pitches: number[], beats = 0.9): Note[] => pitches.map((pitch) => note(beat, pitch, beats))

const [Dm7, G7, Cmaj7] = [
  [50, 60, 65, 69],
  [55, 59, 62, 65],
  [48, 59, 64, 67],
] as const

const recognised = (notes: Note[], measures = 2, metre = fourFour) =>
  recogniseChords({ metre, measures, phase: 0, from: 0, notes }).map(({ beat, chord }) => [beat, chord?.symbol])

/** Somebody who has recorded two measures of chords, which go round. */
const comping = () =>
  new Performer()
    .act('measures', 2)
    .act('record-chords')
    .play([...chord(0, [...Dm7], 4), ...chord(4, [...G7], 3.9)])
    .wait(8)

describe('comped chords are recognised', () => {
  it('beat by beat, and go on until the next', () => {
    const notes = [...chord(0, [...Dm7], 2), ...chord(2, [...G7], 1.5), ...chord(4, [...Cmaj7], 4)]
    expect(recognised(notes)).toEqual([
      [0, 'Dm7'],
      [2, 'G7'],
      [4, 'Cmaj7'],
    ])
  })

  it('though they are short, early, late or rolled', () => {
    const rolled = [...Dm7].map((pitch, index) => note(index * 0.04 - 0.05, pitch, 0.3))
    expect(recognised([...rolled, ...chord(4.1, [...G7], 0.2)])).toEqual([
      [0, 'Dm7'],
      [4, 'G7'],
    ])
  })

  it('on the beat that they are pushed ahead of', () => {
    const notes = [...chord(0, [...Dm7], 3.4), ...chord(3.5, [...G7], 4)]
    expect(recognised(notes)).toEqual([
      [0, 'Dm7'],
      [4, 'G7'],
    ])
  })

  it('when they are broken', () => {
    const notes = [48, 52, 55, 60].map((pitch, beat) => note(beat, pitch, 0.9))
    expect(recognised(notes, 1)).toEqual([[0, 'C']])
  })

  it('in other metres', () => {
    const notes = [...chord(0, [...Dm7], 3.5), ...chord(3.5, [...G7], 3.5)]
    expect(recognised(notes, 2, parseMetre('7/8'))).toEqual([
      [0, 'Dm7'],
      [3.5, 'G7'],
    ])
  })

  it.each([
    ['6/8', [0, 1.5, 3, 4.5]],
    ['9/8', [0, 1.5, 3]],
    ['12/8', [0, 1.5, 3, 4.5]],
    ['3+2+2/8', [0, 1.5, 2.5, 3.5]],
    ['15/16', [0, 1.5, 2.25, 3.75]],
    ['5+2/8', [0, 1, 2.5, 3.5]],
    ['4+4/8', [0, 1, 2, 3]],
    ['2/2', [0, 1, 2, 3]],
    ['5/4', [0, 1, 4, 5]],
  ])('on the pulses of %s, and pushed ahead of them', (metre, beats) => {
    const played = (push: number) =>
      beats.flatMap((beat, index) => {
        const start = Math.max(0, beat - push)
        const end = (beats[index + 1] ?? beat + 1.1 + push) - push
        return chord(start, [...([Dm7, G7, Cmaj7][index % 3] ?? [])], end - start)
      })
    const symbols = ['Dm7', 'G7', 'Cmaj7', 'Dm7']
    for (const push of [0, 1 / 4]) {
      expect(recognised(played(push), 2, parseMetre(metre))).toEqual(beats.map((beat, index) => [beat, symbols[index]]))
    }
  })

  it('far apart, with silence between', () => {
    expect(recognised([...chord(4, [...Dm7]), ...chord(4 * 200, [...G7])], 256)).toEqual([
      [4, 'Dm7'],
      [800, 'G7'],
    ])
  })

  it('once for the same notes, wherever and in whatever metre they go round', () => {
    const performer = comping()
    const loop = performer.state.material.loops.chords as Loop
    performer.do({ type: 'metre', metre: '3/4' }).wait(13)
    const fitted = performer.state.material.loops.chords as Loop
    expect(fitted.phase).not.toBe(loop.phase)
    expect(chordsOf(fitted)).toBe(chordsOf(loop))
  })

  it('or not, where nothing has a name', () => {
    expect(recognised([note(0, 60), note(1, 61)])).toEqual([])
  })
})

describe('the harmony', () => {
  const symbolsAt = (performer: Performer, beats: number[]) =>
    beats.map((beat) => {
      const { chord, nextChord, beatsToNextChord } = harmonyAt(performer.state, beat)
      return [chord?.symbol, nextChord?.symbol, beatsToNextChord]
    })

  it('is the chart’s, which goes round with the measures', () => {
    const performer = new Performer()
      .act('count-in', 0)
      .act('play')
      .do({ type: 'chart', chart: 'Dm7 | G7 C | % | N.C.' })
    expect(symbolsAt(performer, [0, 4.5, 6, 13, 16])).toEqual([
      ['Dm7', 'G7', 4],
      ['G7', 'C', 1.5],
      ['C', 'G7', 2],
      [undefined, 'Dm7', 3],
      ['Dm7', 'G7', 4],
    ])
  })

  it('is that of the recorded chords, where there is no chart', () => {
    const performer = comping()
    expect(symbolsAt(performer, [8, 12, 16])).toEqual([
      ['Dm7', 'G7', 4],
      ['G7', 'Dm7', 4],
      ['Dm7', 'G7', 4],
    ])
    performer.do({ type: 'chart', chart: 'E' })
    expect(symbolsAt(performer, [8])).toEqual([['E', undefined, 0]])
    performer.do({ type: 'chart', chart: '' })
    expect(symbolsAt(performer, [8])).toEqual([['Dm7', 'G7', 4]])
  })

  it.each([
    ['chart', () => new Performer().act('count-in', 0).do({ type: 'chart', chart: 'C | Dm | Em | F' }).act('play')],
    ['recorded chords', comping],
  ])('of the %s is the same beyond a metre that comes as when that has come', (_, begun) => {
    const performer = begun().wait(17).do({ type: 'metre', metre: '3/4' })
    const beats = [19, 20, 22.9, 23, 26]
    const ahead = symbolsAt(performer, beats)
    expect(performer.wait(20).state.transport.next).toBeNull()
    expect(symbolsAt(performer, beats.slice(1))).toEqual(ahead.slice(1))
  })

  it('is unknown without either, and a chart that is none is refused with a word', () => {
    const performer = new Performer().do({ type: 'chart', chart: 'Hugo' })
    expect(performer.notices).toEqual(['bad-chart'])
    performer.do({ type: 'chart', chart: 'C | F2' })
    expect(performer.notices).toEqual(['bad-chart', 'chart-doubt'])
    performer.act('undo')
    expect(symbolsAt(performer, [0])).toEqual([[undefined, undefined, 0]])
  })
})
