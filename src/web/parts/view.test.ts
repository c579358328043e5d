import { describe, expect, it } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { chordsIn, engraved, notesIn, viewAt } from './view.ts'

/** Notes of one beat each, from a pitch up. */
const line = (pitch: number, count: number) =>
  Array.from({ length: count }, (_, beat) => ({ pitch: pitch + beat, beat, beats: 0.5, velocity: 90 }))

/** Somebody who has recorded two measures of bass and four of chords. */
function recorded(): Performer {
  const performer = new Performer().act('count-in', 0).act('record-bass').play(line(40, 8)).wait(8.5)
  performer.act('measures', 4).act('record-chords')
  return performer.play(line(60, 16), 16).wait(32.5)
}

describe('what the rows show', () => {
  it('is as long as loops will be, before there are any', () => {
    const { state } = new Performer().act('measures', 3)
    expect(viewAt(state, 0)).toMatchObject({ start: 0, length: 12, measures: 3 })
  })

  it('is what will come, in the count-in', () => {
    const { state } = new Performer().act('play')
    expect(viewAt(state, -2)).toMatchObject({ start: 0, length: 8 })
  })

  it('is the take, while somebody records', () => {
    const performer = new Performer().act('count-in', 0).act('record-bass').play(line(40, 8)).wait(9)
    performer.act('record-chords').play(line(60, 2), 12)
    expect(viewAt(performer.state, 14)).toMatchObject({ start: 12, length: 8 })
  })

  it('is a pass of the longest loop', () => {
    const { state } = recorded()
    expect(viewAt(state, 33)).toMatchObject({ start: 32, length: 16, measures: 4 })
    expect(viewAt(state, 47.9).start).toBe(32)
    expect(viewAt(state, 48).start).toBe(48)
  })

  it('has every note once for each time that it sounds in it, muted or not', () => {
    const { state } = recorded().act('mute-bass', true)
    const notes = notesIn(state, viewAt(state, 33))
    const of = (track: string) => notes.filter((note) => note.track === track).map(({ beat }) => beat - 32)
    expect(of('bass')).toEqual(Array.from({ length: 16 }, (_, beat) => beat))
    expect(of('chords')).toEqual(Array.from({ length: 16 }, (_, beat) => beat))
  })

  it('has a loop at once that has only just been recorded, and while the music rests', () => {
    const performer = new Performer().act('count-in', 0).act('record-bass').play(line(40, 8)).wait(7.9)
    performer.act('stop')
    const view = viewAt(performer.state, performer.beat)
    expect(notesIn(performer.state, view).filter(({ track }) => track === 'bass')).toHaveLength(8)
  })
})

describe('the chords over the bars', () => {
  it('stand where they begin, as they are engraved', () => {
    const { state } = new Performer().act('measures', 2).do({ type: 'chart', chart: 'Bbm7b5 Eb7 Ab | F#dim N.C.' })
    expect(chordsIn(state, viewAt(state, 0)).map(({ beat, symbol }) => [Number(beat.toFixed(3)), symbol])).toEqual([
      [0, 'B♭m7♭5'],
      [2, 'E♭7'],
      [3, 'A♭'],
      [4, 'F♯dim'],
    ])
  })

  it('keep the letters that are no flats', () => {
    expect(['Dsus4b9', 'Bdim', 'C#m7b5/Gb'].map(engraved)).toEqual(['Dsus4♭9', 'Bdim', 'C♯m7♭5/G♭'])
  })
})
