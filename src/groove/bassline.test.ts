import { describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { fourFour, parseMetre } from '../music/index.ts'
import { bassline } from './bassline.ts'
import { fixedGroove } from './fixed-groove.ts'
import { grooveEvents } from './groove.ts'

describe('a bassline on the grid', () => {
  it('puts a note that is pushed ahead of its beat on that beat', () => {
    expect(bassline([note(3.93), note(0)], fourFour).notes.map(({ step }) => step)).toEqual([0, 16])
  })

  it('is as long as the measures that its notes span', () => {
    const measures = (...beats: [number, number][]) =>
      bassline(
        beats.map(([at, long]) => note(at, 36, long)),
        fourFour,
      ).measures
    expect(measures([0, 1])).toBe(1)
    expect(measures([0, 1], [3.5, 0.5])).toBe(1)
    expect(measures([0, 4.1])).toBe(1)
    expect(measures([0, 1], [4, 0.5])).toBe(2)
    expect(measures([3.93, 0.07])).toBe(2)
    expect(measures([0, 6])).toBe(2)
    expect(measures([0, 1], [7.5, 1.5])).toBe(2)
    expect(measures([0, 1], [7.5, 3])).toBe(3)
    expect(measures()).toBe(1)
  })

  it('keeps to the length that is asked for', () => {
    const bass = bassline([note(0), note(3.5, 36, 4), note(5)], fourFour, 1)
    expect(bass.notes.map(({ step, steps }) => [step, steps])).toEqual([
      [0, 2],
      [14, 2],
    ])
    expect(bassline([note(0)], parseMetre('7/8'), 3).measures).toBe(3)
  })

  it('puts a pickup before beat 0', () => {
    const bass = bassline([note(-1.5), note(-0.5), note(0)], fourFour)
    expect([bass.measures, bass.notes.map(({ step }) => step)]).toEqual([1, [-6, -2, 0]])
    const { hits } = fixedGroove(bass)
    expect(hits.filter(({ step }) => step < 0).map(({ step, drum }) => [step, drum])).toEqual([
      [-6, 'snare'],
      [-2, 'snare'],
    ])
    expect(grooveEvents(fixedGroove(bass))).toHaveLength(16)
  })

  it('puts swung notes and triplets on the sixteenth that they mean', () => {
    const steps = (stepsPerBeat: 3 | 4, ...beats: number[]) =>
      bassline(
        beats.map((beat) => note(beat)),
        fourFour,
        1,
        { stepsPerBeat, swing: 2 / 3 },
      ).notes.map(({ step }) => step)
    expect(steps(4, 0, 2 / 3, 1, 5 / 6)).toEqual([0, 2, 3, 4])
    expect(steps(3, 0, 1 / 3, 2 / 3, 0.9, 1.3)).toEqual([0, 1, 2, 4, 5])
  })

  it('gives the shortest note a step', () => {
    expect(bassline([note(0, 36, 0)], fourFour).notes[0]?.steps).toBe(1)
  })

  it('refuses notes that lie years apart', () => {
    expect(() => bassline([note(0), note(1e9)], fourFour)).toThrow(RangeError)
  })
})
