import { describe, expect, it } from 'vitest'
import { sung } from '../../../test/cues.ts'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { song } from '../../../test/songs.ts'
import type { SoundingKey } from '../../runtime/index.ts'
import { linesOf } from './view.ts'

const show = ({ state, at }: Performer, sounding: readonly SoundingKey[] = []) => {
  const voices = sounding.map(({ key, pitch, track, by }) => ({ ...voice, id: 128 + key, key, pitch, track, by }))
  return linesOf({ state: { ...state, keys: { ...state.keys, voices } }, at, notice: null })
}

/** Of a voice, what no view shows. */
const voice = {
  velocity: 90,
  hand: 'right',
  chosen: 0,
  pressed: 0,
  released: false,
  caught: false,
  channel: null,
} as const

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

  it('tells where the form is, and what comes next', () => {
    const line = (performer: Performer) => show(performer).at(-3)
    const performer = new Performer().do({ type: 'chart', chart: '[A] C | F | [B] G7 | C' }).act('play')
    expect(line(performer)).toBe('count-in · chorus 1 · A · 1 bar → head')
    expect(line(performer.wait(5))).toBe('head · chorus 1 · A · 1 bar → B')
    expect(line(performer.act('last-chorus').wait(8))).toBe('head · chorus 1 · B · 2 bars → head out')
    expect(line(performer.act('stop'))).toBe('')
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

  describe('in a terminal of 40 by 10', () => {
    const size = { columns: 40, rows: 9 }
    const notice = 'The new groove is taking long: this one plays on.'
    const small = ({ state, at }: Performer, said: string | null = notice, rows = size.rows) =>
      linesOf({ state, at, notice: said }, { ...size, rows })

    it('keeps the beat, the turn and the last notice, whatever happens', () => {
      const titled = { ...song([{}]), title: 'A title that is longer than any line of a small terminal has room for' }
      const trading = withBass().act('improvise', true).act('notes', 64).do({ type: 'noteOn', pitch: 60, velocity: 90 })
      const performers = [
        new Performer().act('count-in', 0).act('play'),
        withBass(),
        trading,
        withBass()
          .do({ type: 'setList', songs: [titled] })
          .act('count-in', 0)
          .act('play'),
        new Performer().act('count-in', 0).do({ type: 'metre', metre: '31/8' }).act('play'),
      ]
      for (const performer of performers) {
        const lines = small(performer)
        expect(lines.length).toBeLessThanOrEqual(size.rows)
        for (const line of lines) expect([...line].length).toBeLessThanOrEqual(size.columns)
        expect(lines.join('\n')).toMatch(/^▶ bar \d+ (·*●·*|\d+ of 31)$/m)
        expect(lines.join('\n')).toMatch(/^(JUST YOU|YOUR CALL)/m)
        expect(lines.slice(-2).join(' ')).toBe(`! ${notice}`)
      }
    })

    it('leaves out the rest first, the fewer rows there are', () => {
      const performer = withBass().act('improvise', true)
      expect(small(performer).join('\n')).toMatch(/bass: 1 bar/)
      expect(small(performer, 'No.', 4).map((line) => line.slice(0, 9))).toEqual([
        '▶ bar 2 ●',
        '4/4  120 ',
        'YOUR CALL',
        '! No.',
      ])
      expect(small(performer, 'No.', 2).map((line) => line.slice(0, 5))).toEqual(['▶ bar', 'YOUR '])
    })

    it('keeps the beat beside a long title in a wide one, too', () => {
      const titled = { ...song([{}]), title: 'A title '.repeat(20) }
      const performer = new Performer()
        .do({ type: 'setList', songs: [titled] })
        .act('count-in', 0)
        .act('play')
      expect(show(performer)[0]).toMatch(/▶ bar 1 ●··· {2}4\/4 {2}120 bpm$/)
    })
  })

  it('tells what goes round and what is recorded', () => {
    expect(show(withBass()).at(-2)).toMatch(/^bass: 1 bar {3}chords: – {3}lead: – {3}groove: fixed/)
    expect(show(withBass().act('record-chords')).at(-2)).toContain('chords: waits for a note')
  })
})
