import { describe, expect, it } from 'vitest'
import { sung } from '../../../test/cues.ts'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import type { SoundingKey } from '../../runtime/index.ts'
import { linesOf } from './view.ts'

const show = ({ state, at }: Performer, sounding: readonly SoundingKey[] = []) => {
  const voices = sounding.map((key) => ({ ...voice, ...key }))
  return linesOf({ state: { ...state, keys: { ...state.keys, voices } }, at, notice: null })
}

/** Of a voice, what no view shows. */
const voice = { id: 0, velocity: 90, pressed: 0, released: false, taken: null }

/** A measure of bass at 120, and the groove that follows it. */
const withBass = () =>
  new Performer()
    .act('count-in', 0)
    .act('measures', 1)
    .act('record-bass')
    .play([note(0, 36), note(2, 38)])
    .wait(4.1)

describe('the view of the host', () => {
  it('is as wide as a terminal, whatever happens', () => {
    const trading = withBass().act('improvise', true).act('notes', 64).do({ type: 'noteOn', pitch: 60, velocity: 90 })
    for (const performer of [new Performer(), withBass(), trading]) {
      const lines = show(performer)
      expect(lines).toHaveLength(show(new Performer()).length)
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(80)
    }
  })

  it('tells bar, beat, metre, tempo and chord', () => {
    const performer = new Performer().do({ type: 'chart', chart: 'Dm7 | G7' }).act('play')
    expect(show(performer)[0]).toMatch(/▶ count-in ●··· {2}4\/4 {2}120 bpm {2}Dm7$/)
    expect(show(performer.wait(6))[0]).toMatch(/▶ bar 2 ··●· {2}4\/4 {2}120 bpm {2}G7$/)
    expect(show(performer.act('stop'))[0]).toMatch(/■ stopped/)
  })

  it('tells whose turn it is, and how full the buffer', () => {
    const performer = new Performer()
      .act('live', false)
      .act('hand-over', 'count')
      .act('notes', 4)
      .act('improvise', true)
    for (const pitch of [60, 62]) performer.do({ type: 'noteOn', pitch, velocity: 90 })
    expect(show(performer)[2]).toMatch(/^YOUR CALL/)
    expect(show(performer)[3]).toMatch(/^■■·· +2 of 4 notes/)
    for (const pitch of [64, 65]) performer.do({ type: 'noteOn', pitch, velocity: 90 })
    expect(show(performer)[2]).toMatch(/^IT THINKS/)
    performer.do({ type: 'answer', job: 'melody', request: 1, answer: sung([70, 71, 72, 73]) })
    expect(show(performer)[2]).toMatch(/^ITS NOTES/)
    expect(show(performer)[3]).toMatch(/^next: Bb4 B4 C5 Db5 +4 notes left$/)
  })

  it('marks the human’s keys and the machine’s by shape', () => {
    const sounding = [
      { key: 60, pitch: 60, track: 'chords', by: 'human' },
      { key: 66, pitch: 71, track: 'lead', by: 'machine' },
    ] as const
    const [black = '', white = ''] = show(new Performer(), sounding).slice(5)
    expect([white[60 - 24], black[66 - 24], white[71 - 24]]).toEqual(['●', '○', '◆'])
    const guessing = show(new Performer().act('guess-who', true), sounding).slice(5)
    expect(guessing.join('')).not.toMatch(/[●○◆]/)
    expect(guessing.join('').match(/\?/g)).toHaveLength(2)
  })

  it('tells what goes round and what is recorded', () => {
    expect(show(withBass()).at(-2)).toMatch(/^bass: 1 bar {3}chords: – {3}groove: fixed/)
    expect(show(withBass().act('record-chords')).at(-2)).toContain('chords: waits for a note')
  })
})
