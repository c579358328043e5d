import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import type { Performer } from '../../../test/performer.ts'
import { pedal, sectionOf, song, stageWith } from '../../../test/songs.ts'
import { beatAt } from '../../timing/index.ts'
import { harmonyAt, lookAheadSeconds, notesBetween } from '../index.ts'

/** Three measures of 4/4 and two of 3/4: 12 and 6 beats. */
const form = song(
  [
    { name: 'A', tempo: 120, metre: '4/4', chart: 'C | F | G7', leave: 'end' },
    { name: 'B', enter: 'loop', metre: '3/4', chart: 'Am | E7', leave: 'end', next: 'A' },
  ],
  { program: 'next-section' },
)
const begun = () => stageWith(form).act('count-in', 0).act('play')
const chords = (performer: Performer, ...beats: number[]) =>
  beats.map((beat) => harmonyAt(performer.wait(beat).state, beat).chord?.symbol)

describe('a form of sections that have an end', () => {
  it('goes on by itself, each section in its metre, and round', () => {
    const performer = begun()
    expect(chords(performer, 0.1, 11.9, 12.1, 15.1, 18.1, 22.1, 29.9, 30.1)).toEqual([
      'C',
      'G7',
      'Am',
      'E7',
      'C',
      'F',
      'G7',
      'Am',
    ])
    expect(performer.state.transport.form).toMatchObject({ beat: 30, metre: { numerator: 3 } })
  })

  it('stays in a section in the end, when nobody has called one for thousands of them', () => {
    const performer = begun()
    const { songs } = performer.state
    performer.state = { ...performer.state, songs: { ...songs, alone: 4999 } }
    expect(sectionOf(performer.wait(13))).toBe('B')
    expect(sectionOf(performer.wait(1000))).toBe('B')
    expect(performer.state.transport.playing).toBe(true)
    expect(sectionOf(performer.act('next-section').wait(1004))).toBe('A')
    expect(sectionOf(performer.wait(1017))).toBe('B')
  })

  it('is counted on time by a scheduler that looks past an end', () => {
    const performer = begun()
    const clicks: number[] = []
    let asked = 0
    for (let at = 0; at < 12; at += 0.02) {
      performer.do({ type: 'tick' }, Math.max(at, performer.at))
      const ahead = beatAt(performer.state.transport.timeline, at + lookAheadSeconds)
      for (const due of notesBetween(performer.state, asked, ahead)) {
        if (due.track === 'click' && due.velocity > 100) clicks.push(due.beat)
      }
      asked = Math.max(asked, ahead)
    }
    expect(clicks).toEqual([0, 4, 8, 12, 15, 18, 22])
  })

  it('keeps the tempo that the performer has come to when it goes round', () => {
    const performer = begun().act('tempo', 240).wait(20)
    expect(sectionOf(performer)).toBe('A')
    expect(performer.state.settings.tempo).toBe(240)
    expect(performer.secondsAt(21) - performer.secondsAt(20)).toBeCloseTo(0.25, 9)
  })

  it('waits while nothing plays, and is back at the beginning of its section after a stop', () => {
    const performer = stageWith(form).wait(40)
    expect(sectionOf(performer)).toBe('A')
    performer.act('count-in', 0).act('play').wait(5).act('stop').wait(40)
    expect(sectionOf(performer)).toBe('A')
    performer.act('play').wait(11.9)
    expect(sectionOf(performer)).toBe('A')
    expect(sectionOf(performer.wait(12.1))).toBe('B')
  })

  it('goes on from the section that is called', () => {
    const performer = begun().wait(1)
    expect(sectionOf(pedal(performer).wait(11.9))).toBe('A')
    expect(sectionOf(performer.wait(12.1))).toBe('B')
    performer.act('previous-section')
    expect(sectionOf(performer.wait(15.1))).toBe('A')
    expect(sectionOf(performer.wait(27.1))).toBe('B')
  })

  it('leaves nothing to undo but what the performer has done', () => {
    const performer = begun()
    const { past } = performer.state.history
    expect(performer.wait(40).state.history.past).toHaveLength(past.length)
  })

  it('waits for the end of a take', () => {
    const performer = begun()
      .act('measures', 4)
      .act('record-bass')
      .play([note(8, 40), note(9, 41)])
    expect(sectionOf(performer.wait(23.9))).toBe('A')
    expect(sectionOf(performer.wait(24.1))).toBe('B')
    expect(performer.state.material.loops.bass).toMatchObject({ measures: 4, metre: { numerator: 4 } })
  })
})
