import { expect } from 'vitest'
import type { Note } from '../../src/music/index.ts'
import { chordsBetween, type LoopTrack } from '../../src/session/index.ts'
import { note } from '../notes.ts'
import { Performer } from '../performer.ts'
import type { Scenarios } from './scenario.ts'

/** Somebody who has armed the bass and hears the count-in. */
const ready = (measures = 2) => new Performer().act('measures', measures).act('record-bass')

const eight = [0, 1, 2, 3, 4, 5, 6, 7].map((beat) => note(beat, 36 + beat, 0.8))

const onsets = (performer: Performer, from: number, to: number, track: LoopTrack = 'bass') =>
  performer.due(track, from, to).map(({ beat, pitch }) => [beat, pitch])

const places = (notes: readonly Note[], by: number) => notes.map(({ beat, pitch }) => [beat + by, pitch])

/** Where the bass plays, and where a snare does: they are to be the same moments. */
function together(performer: Performer, from: number, to: number): number[] {
  const bass = performer.due('bass', from, to).map(({ beat }) => beat)
  const snares = performer.due('drums', from, to).flatMap(({ beat, drum }) => (drum === 'snare' ? [beat] : []))
  expect(snares).toEqual(close(bass))
  return bass.map((beat) => beat - from)
}

const close = (beats: readonly number[]) => beats.map((beat) => expect.closeTo(beat, 6))

export const takes: Scenarios = {
  T1() {
    for (const pickup of [0.25, 0.5, 0.75, 1, 1.5, 2, 3.5, 4]) {
      const performer = ready()
        .play([note(-pickup, 60, 0.4), ...eight])
        .wait(20)
      for (const pass of [8, 16]) {
        const due = onsets(performer, pass, pass + 8)
        expect(due.filter(([, pitch]) => pitch === 60)).toEqual([[pass + 8 - pickup, 60]])
        expect(due.filter(([, pitch]) => pitch !== 60)).toEqual(places(eight, pass))
        expect(due[0]).toEqual([pass, 36])
      }
    }
  },

  T2() {
    const performer = new Performer().act('count-in', 0).act('play').wait(4).act('record-bass')
    const pickup = [note(-1.5, 60, 0.4), note(-1, 62, 0.4), note(-0.5, 64, 0.4)]
    const again = pickup.map((each) => ({ ...each, beat: each.beat + 8.03 }))
    performer.play([...pickup, note(0, 36), note(4, 38), ...again], 8).wait(17)
    expect(onsets(performer, 16, 24)).toEqual([
      [16, 36],
      [20, 38],
      [22.5, 60],
      [23, 62],
      [23.5, 64],
    ])
  },

  T3() {
    const performer = new Performer().act('count-in', 0).act('record-bass').do({ type: 'tick' }, 3)
    performer.do({ type: 'noteOn', pitch: 40, velocity: 90 }, 5.3)
    expect(performer.beat).toBe(0)
    performer.do({ type: 'noteOff', pitch: 40 }, 5.4).play([note(3.5, 43, 0.2)])
    expect(onsets(performer.wait(9), 8, 16)).toEqual([
      [8, 40],
      [11.5, 43],
    ])
  },

  T4() {
    const performer = ready().play([note(0, 36), note(7.5, 45, 1)])
    expect(performer.all('sound').filter(({ pitch }) => pitch === 45)).toHaveLength(1)
    expect(performer.all('stop').find(({ pitch }) => pitch === 45)?.at).toBeCloseTo(performer.secondsAt(8.5), 9)
    expect(onsets(performer, 8, 15)).toEqual([[8, 36]])
    for (const pass of [8, 16, 80]) {
      const [tied] = performer.wait(pass + 2).due('bass', pass + 7, pass + 8)
      expect(tied).toMatchObject({ pitch: 45, beat: pass + 7.5, beats: expect.closeTo(1, 9) })
    }
  },

  T5() {
    for (const quantise of [0, 1]) {
      const performer = ready().act('quantise', quantise)
      performer.play([note(0, 36), note(4, 38)])
      performer.do({ type: 'noteOn', pitch: 45, velocity: 90 }, performer.secondsAt(7.9)).wait(7.95)
      expect(onsets(performer, 7.95, 15.5)).toEqual(places([note(0, 36), note(4, 38)], 8))
      performer.do({ type: 'noteOff', pitch: 45 }, performer.secondsAt(8.4)).wait(12)
      const due = performer.due('bass', 15.5, 16.5).map(({ beat, beats, pitch }) => [pitch, beat, beats])
      expect(due).toContainEqual([45, ...close([quantise === 1 ? 16 : 15.9, 0.5])])
      expect(due).toHaveLength(2)
    }
  },

  T6() {
    const performer = ready()
      .play([note(0, 36), note(4, 38), note(7.93, 36, 0.4)])
      .wait(9)
    expect(onsets(performer, 15.5, 23.5)).toEqual(places([note(0, 36), note(4, 38)], 16))
  },

  T7() {
    const line = eight.flatMap(({ beat }) => [note(beat, 36, 0.6), note(beat + 2 / 3, 38, 0.3)])
    for (const swing of [0.5, 0.58, 0.67, 0.75]) {
      for (const quantise of [0, 1]) {
        const performer = ready().act('swing', swing).act('quantise', quantise).play(line).wait(9)
        expect(together(performer, 8, 16)).toEqual(close(line.map(({ beat }) => beat)))
      }
    }
  },

  T8() {
    const thirds = Array.from({ length: 12 }, (_, index) => index / 3)
    const performer = ready(1).play(thirds.map((beat, index) => note(beat + (index % 3) / 100, 36 + (index % 3), 0.3)))
    expect(together(performer.wait(5), 8, 12)).toEqual(close(thirds))
  },

  T9() {
    const beats = [0, 0.25, 0.5, 0.75, 1, 4 / 3, 5 / 3, 2, 2.5, 3]
    const performer = ready(1).play(beats.map((beat) => note(beat + 0.02, 40, 0.2)))
    expect(together(performer.wait(5), 8, 12)).toEqual(close(beats))
    expect(together(performer.act('grid', 'sixteenths'), 8, 12)).toEqual(
      close([0, 0.25, 0.5, 0.75, 1, 1.25, 1.75, 2, 2.5, 3]),
    )
  },

  T10() {
    for (const pressed of [7.7, 8.3]) {
      const performer = ready(4).play(eight).wait(pressed)
      if (pressed > 8)
        performer.do({ type: 'noteOn', pitch: 36, velocity: 90 }, performer.secondsAt(8.02)).wait(pressed)
      performer.act('record-bass').wait(8.4)
      expect(performer.state.recording.take).toBeNull()
      expect(onsets(performer, 16, 24)).toEqual(places(eight, 16))
    }
    const atOnce = ready(4)
      .play([note(0, 40)])
      .act('record-bass')
      .wait(5)
    expect(onsets(atOnce, 4, 12)).toEqual([
      [4, 40],
      [8, 40],
    ])
  },

  T11() {
    const performer = ready()
      .act('record-bass')
      .play([note(0, 40)])
      .wait(9)
    expect(performer.state.material.loops.bass).toBeNull()
    expect(onsets(performer, 8, 16)).toEqual([])
  },

  T12() {
    const performer = ready()
      .play([note(0, 36)])
      .wait(8)
      .act('overdub-bass')
    performer.play([note(9, 50), note(18, 52)])
    expect(onsets(performer, 16, 18)).toEqual([
      [16, 36],
      [17, 50],
    ])
    performer
      .play([note(27, 53)])
      .act('overdub-bass')
      .wait(33)
    expect(onsets(performer, 32, 40)).toEqual([
      [32, 36],
      [33, 50],
      [34, 52],
      [35, 53],
    ])
    performer.play([note(36, 60)])
    expect(onsets(performer.act('undo'), 40, 48)).toEqual([
      [40, 36],
      [41, 50],
      [42, 52],
    ])
  },

  T13() {
    const performer = new Performer().act('record-lead')
    performer
      .play([note(0, 72), note(2, 74), note(5, 76)])
      .wait(8)
      .act('keys', 'chords')
    performer.play([note(1, 60)], 8)
    expect(performer.all('sound').at(-1)).toMatchObject({ track: 'chords', pitch: 60 })
    expect(onsets(performer, 16, 24, 'lead')).toEqual(places([note(0, 72), note(2, 74), note(5, 76)], 16))
    expect(onsets(performer.act('clear-lead'), 16, 24, 'lead')).toEqual([])
  },

  T14() {
    const chord = [62, 65, 69, 72].map((pitch) => note(0, pitch, 3.8))
    const performer = ready(1)
      .play([note(0, 38, 3.8)])
      .wait(4)
    performer
      .act('record-chords')
      .play(chord, 4)
      .wait(8)
      .act('record-lead')
      .play([note(1, 81)], 8)
      .wait(12)
    const heard = (from: number) =>
      (['bass', 'chords', 'lead'] as const).flatMap((track) => onsets(performer, from, from + 4, track))
    const before = heard(16)
    performer.act('transpose', 3).act('tempo', 97).wait(13)
    expect(heard(20)).toEqual(before.map(([beat = 0, pitch = 0]) => [beat + 4, pitch + 3]))
    expect(chordsBetween(performer.state, 20, 24).map((change) => change.chord?.symbol)).toEqual(['Fm7'])
    performer
      .act('overdub-bass')
      .play([note(1, 48, 0.2)], 20)
      .wait(25)
    expect(onsets(performer, 24, 28)).toEqual([
      [24, 41],
      [25, 48],
    ])
  },
}
