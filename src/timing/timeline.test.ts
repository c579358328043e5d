import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beatAt, secondsAt, type Timeline, tempoAt, tempoMap, timeline, withTempo } from './timeline.ts'

const bpm = fc.double({ min: 20, max: 400, noNaN: true })
const beat = fc.double({ min: 0, max: 10_000, noNaN: true })
const lines: fc.Arbitrary<Timeline> = fc
  .tuple(bpm, fc.double({ min: -10, max: 10, noNaN: true }), fc.array(fc.tuple(beat, bpm), { maxLength: 20 }))
  .map(([tempo, start, changes]) =>
    changes.sort(([a], [b]) => a - b).reduce((line, [at, next]) => withTempo(line, at, next), timeline(tempo, start)),
  )

describe('a timeline', () => {
  it('gives back the beat of a beat’s second', () => {
    fc.assert(
      fc.property(lines, beat, (line, at) => {
        expect(Math.abs(beatAt(line, secondsAt(line, at)) - at)).toBeLessThan(1e-8)
      }),
    )
  })

  it('gives back the second of a second’s beat', () => {
    fc.assert(
      fc.property(lines, fc.double({ min: -100, max: 10_000, noNaN: true }), (line, at) => {
        expect(Math.abs(secondsAt(line, beatAt(line, at)) - at)).toBeLessThan(1e-8)
      }),
    )
  })

  it('never runs backwards', () => {
    fc.assert(
      fc.property(lines, beat, beat, (line, a, b) => {
        fc.pre(b - a > 1e-6)
        expect(secondsAt(line, b)).toBeGreaterThan(secondsAt(line, a))
      }),
    )
  })

  it('keeps its past when the tempo changes', () => {
    fc.assert(
      fc.property(lines, beat, bpm, beat, (line, at, tempo, probe) => {
        fc.pre(probe <= at)
        expect(secondsAt(withTempo(line, at, tempo), probe)).toBeCloseTo(secondsAt(line, probe), 8)
      }),
    )
  })

  it('does not drift over a million beats', () => {
    const line = timeline(137, 0.25)
    expect(secondsAt(line, 1_000_000)).toBe(0.25 + 60_000_000 / 137)
    expect(beatAt(line, secondsAt(line, 1_000_000))).toBeCloseTo(1_000_000, 8)
  })

  it('reads a tempo map: the last of several on one beat holds', () => {
    const line = tempoMap(120, [
      { beat: 0, bpm: 60 },
      { beat: 4, bpm: 90 },
      { beat: 4, bpm: 240 },
    ])
    expect([-1, 0, 4, 8].map((at) => secondsAt(line, at))).toEqual([-1, 0, 4, 5])
    expect([0, 3.9, 4].map((at) => tempoAt(line, at))).toEqual([60, 60, 240])
  })

  it('a change before everything replaces everything', () => {
    expect(withTempo(timeline(120), -2, 60)).toEqual([{ beat: -2, seconds: -1, bpm: 60 }])
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a tempo of %d', (tempo) => {
    expect(() => timeline(tempo)).toThrow(RangeError)
    expect(() => withTempo(timeline(120), 4, tempo)).toThrow(RangeError)
  })
})
