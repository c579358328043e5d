import { describe, expect, it } from 'vitest'
import { fourFour, type Note, parseMetre } from '../../music/index.ts'
import { barLineShift } from './hear-bar-lines.ts'
import { heardMeasures } from './hear-measures.ts'
import type { MidiPart } from './read-parts.ts'

const note = (beat: number, pitch = 40, beats = 1): Note => ({ beat, beats, pitch, velocity: 90 })
const part = (notes: readonly Note[], track = 1): MidiPart => {
  return { track, channel: track, name: '', program: null, isKit: track === 10, sharesTrack: false, notes, end: 80 }
}
const every = (beats: number, from: number) => Array.from({ length: 16 }, (_, index) => from + beats * index)
const pad = (from: number, length = 4) => part(every(length, from).map((beat) => note(beat, 60, length)))
const crashes = (from: number) =>
  part(
    every(8, from).map((beat) => note(beat, 49, 0.1)),
    10,
  )
const eighths = (from: number) =>
  part(
    every(1 / 2, from).map((beat) => note(beat, 40, 1 / 4)),
    3,
  )

describe('bar lines beside those of the file', () => {
  it.each([1 / 2, 1, 2, 3.5])('are heard %d beats late where crashes and long notes agree', (late) => {
    expect(barLineShift([pad(late), crashes(late)], fourFour)).toBe(late)
  })

  it('are the file’s own where the music is on them', () => {
    expect(barLineShift([pad(0), crashes(0)], fourFour)).toBe(0)
  })

  it('are the file’s own where signs disagree, and where there are few', () => {
    expect(barLineShift([pad(2), crashes(1)], fourFour)).toBe(0)
    expect(barLineShift([eighths(1)], fourFour)).toBe(0)
    expect(barLineShift([], fourFour)).toBe(0)
  })

  it('are heard from crashes where a few long notes say nothing', () => {
    const few = part([1, 5, 9, 14.5, 18.5, 22.5, 26.5].map((beat) => note(beat, 60, 3)))
    expect(barLineShift([few, crashes(1)], fourFour)).toBe(1)
  })

  it('are heard in other metres', () => {
    expect(
      barLineShift(
        [
          pad(1, 3),
          part(
            every(6, 1).map((beat) => note(beat, 49, 0.1)),
            10,
          ),
        ],
        parseMetre('3/4'),
      ),
    ).toBe(1)
  })

  it('are late by less than a beat where a whole file lies beside its beats', () => {
    expect(barLineShift([pad(1 / 8), eighths(1 / 8)], fourFour)).toBeCloseTo(1 / 8, 1)
    expect(barLineShift([eighths(1 / 24)], fourFour)).toBe(0)
  })

  it('are every four beats where a file has 1/4 throughout', () => {
    const song = { timeline: [] as never, parts: [pad(0), crashes(0)], notices: [] }
    const { map } = heardMeasures({ ...song, timeSignatures: [{ beat: 0, numerator: 1, denominator: 4 }] })
    expect(map).toMatchObject([{ metre: { numerator: 4 } }])
  })

  it('make what comes before a pickup, and are told', () => {
    const song = { timeline: [] as never, parts: [pad(2), crashes(2)], notices: [] }
    const { map, notices } = heardMeasures({ ...song, timeSignatures: [] })
    expect(map.map(({ bar, beat }) => [bar, beat])).toEqual([
      [0, 0],
      [1, 2],
    ])
    expect(notices).toEqual([
      'is heard with its first beat one 2 beats after its start: count from the start with --metre 4/4.',
    ])
    const late = [
      { beat: 0, numerator: 4, denominator: 4 },
      { beat: 4, numerator: 5, denominator: 4 },
      { beat: 9, numerator: 4, denominator: 4 },
    ]
    const moved = heardMeasures({ ...song, parts: [pad(12), crashes(12)], timeSignatures: late })
    expect(moved.map.map(({ bar, beat }) => [bar, beat])).toEqual([
      [1, 0],
      [2, 4],
      [3, 9],
      [4, 12],
    ])
    expect(moved.notices).toEqual(['is heard with its measures 3 beats later than its signatures say.'])
    const cut = [1, 5].map((beat) => ({ beat: 4 * beat, numerator: 3 + beat, denominator: 4 }))
    expect(heardMeasures({ ...song, timeSignatures: cut }).map[0]).toMatchObject({ bar: 1, beat: 0 })
  })
})
