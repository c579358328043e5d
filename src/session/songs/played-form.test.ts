import { describe, expect, it } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { song, stageWith } from '../../../test/songs.ts'
import { formMeasureAt, harmonyAt, playedForm } from '../index.ts'

const text = ({ state }: Performer) =>
  playedForm(state)?.measures.map(({ section, metre, chords }) => {
    const names = chords.map((chord) => chord?.symbol ?? '-').join(' ')
    return `${section ? `[${section}] ` : ''}${metre.numerator} ${names}`
  })
const place = ({ state, beat }: Performer) => {
  const form = playedForm(state)
  return form && formMeasureAt(state, form, beat)
}
const begun = (performer: Performer) => performer.act('count-in', 0).act('play')

describe('the form that is played', () => {
  it('is none without a chart', () => {
    expect(playedForm(new Performer().state)).toBeNull()
  })

  it('is the chart, with its sections, and goes round', () => {
    const performer = begun(new Performer().do({ type: 'chart', chart: '[A] |: C | F G7 :| [B] Am' }))
    expect(text(performer)).toEqual(['[A] 4 C', '4 F G7', '[A] 4 C', '4 F G7', '[B] 4 Am'])
    expect([0, 3.9, 4, 16, 20, 27].map((beat) => place(performer.wait(beat)))).toEqual([0, 0, 1, 4, 0, 1])
  })

  it('is all of the sections that follow each other by themselves', () => {
    const performer = begun(
      stageWith(
        song([
          { name: 'intro', chart: 'N.C.' },
          { name: 'A', metre: '4/4', chart: 'C | F', leave: 'end', enter: 'now' },
          { name: 'B', metre: '3/4', chart: 'G7', leave: 'end', next: 'A' },
        ]),
      ),
    )
    expect(text(performer)).toEqual(['4 -'])
    performer.act('next-section')
    expect(text(performer)).toEqual(['4 C', '4 F', '3 G7'])
    expect([1, 5, 9, 12].map((beat) => place(performer.wait(beat)))).toEqual([0, 1, 2, 0])
  })

  it('is transposed, and so is what the soloist hears', () => {
    const performer = begun(new Performer().do({ type: 'chart', chart: 'C | Am7/G | G7' }).act('transpose', 3))
    expect(text(performer)).toEqual(['4 Eb', '4 Cm7/Bb', '4 Bb7'])
    expect(harmonyAt(performer.state, 5).chord?.symbol).toBe('Cm7/Bb')
    performer.act('transpose', -1)
    expect(harmonyAt(performer.state, 5).chord?.symbol).toBe('G#m7/F#')
  })
})
