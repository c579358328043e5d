import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { positionAt } from '../index.ts'

const tapped = (bpm: number, taps: number, from = 1) => {
  const performer = new Performer()
  for (let tap = 0; tap < taps; tap++) performer.act('tap', undefined, from + (tap * 60) / bpm)
  return performer
}

describe('the tempo', () => {
  it('is tapped, and the music starts on the tapped beat', () => {
    const performer = tapped(100, 4).act('play', undefined, 1 + 4 * 0.6 + 0.04)
    expect(performer.state.settings.tempo).toBeCloseTo(100, 6)
    expect(performer.secondsAt(0)).toBeCloseTo(3.4, 9)
  })

  it('is led to the taps within a beat while the music plays, without a jump', () => {
    const performer = new Performer().act('count-in', 0).act('play')
    const taps = [4.1, 4.6, 5.1, 5.6]
    for (const at of taps) {
      const before = performer.do({ type: 'tick' }, at).beat
      expect(performer.act('tap').beat).toBeCloseTo(before, 9)
    }
    performer.do({ type: 'tick' }, 6.1)
    expect(performer.state.settings.tempo).toBeCloseTo(120, 6)
    expect(performer.beat % 1).toBeCloseTo(0, 6)
  })

  it('changes from now on, and what has been keeps its place', () => {
    const performer = new Performer().act('count-in', 0).act('play').wait(6).act('tempo', 60)
    expect([performer.secondsAt(2), performer.secondsAt(8)]).toEqual([1, 5])
    expect(performer.act('tempo', 10_000).state.settings.tempo).toBe(400)
  })

  it('turned on a knob all evening takes no memory', () => {
    const performer = new Performer().act('count-in', 0).act('play')
    for (let turn = 0; turn < 5000; turn++) performer.act('tempo', 100 + (turn % 50), turn * 0.1)
    expect(performer.state.transport.timeline.length).toBeLessThan(1000)
  })
})

describe('the count-in', () => {
  it('is as long as it says, and its measures count below 1', () => {
    const performer = new Performer().act('count-in', 2).act('play', undefined, 1)
    expect(performer.secondsAt(0)).toBe(5)
    const at = (beat: number) => positionAt(performer.state, performer.secondsAt(beat))
    expect([at(-8).measure, at(-0.5).measure, at(0).measure, at(5).measure]).toEqual([-1, 0, 1, 2])
    expect([at(0).unit, at(5).unit]).toEqual([1, 2])
  })
})

describe('another metre', () => {
  it('comes at the next measure, and measures count from there', () => {
    const performer = new Performer().act('count-in', 0).act('play').wait(5).do({ type: 'metre', metre: '2+2+3/8' })
    expect(performer.wait(7.9).state.transport.form.metre.numerator).toBe(4)
    expect(performer.wait(8).state.transport.form).toMatchObject({ beat: 8, metre: { groups: [2, 2, 3] } })
    expect(
      performer
        .due('click', 8, 15)
        .filter(({ click }) => click !== 'beat')
        .map(({ beat }) => beat),
    ).toEqual([8, 11.5])
  })

  it('is counted by pedals too', () => {
    const performer = new Performer().act('longer-measure').act('shorter-units')
    expect(performer.state.transport.form.metre).toMatchObject({ numerator: 5, denominator: 8 })
    expect(performer.do({ type: 'metre', metre: '4/0' }).notices).toEqual(['bad-metre'])
  })
})

describe('stop', () => {
  it('silences everything, and what plays starts with its loop again', () => {
    const performer = new Performer()
      .act('measures', 1)
      .act('record-bass')
      .play([note(0, 36, 0.5)])
      .wait(6)
    performer.do({ type: 'noteOn', pitch: 50, velocity: 80 }).act('panic')
    expect(performer.all('stop').at(-1)?.pitch).toBe(50)
    expect(performer.all('silence').at(-1)?.track).toBeNull()
    expect(performer.due('bass', 6, 100)).toEqual([])
    performer.act('count-in', 0).act('play')
    expect(performer.due('bass', 0, 8).map(({ beat }) => beat)).toEqual([0, 4])
  })
})

it('the place of the music does not move while it is stopped', () => {
  const performer = new Performer().act('count-in', 0).act('tempo', 100)
  const place = () => positionAt(performer.state, performer.at)
  const rests = { playing: false, beat: 0, measure: 1, unit: 1, bpm: 100 }
  for (const seconds of [1, 7.3, 60]) expect(positionAt(performer.state, seconds)).toMatchObject(rests)
  performer.act('play').do({ type: 'tick' }, 5)
  expect(place().measure).toBe(3)
  performer.act('stop').do({ type: 'tick' }, 38)
  expect(place()).toMatchObject(rests)
  expect(positionAt(performer.act('tempo', 140).state, 50)).toMatchObject({ ...rests, bpm: 140 })
})
