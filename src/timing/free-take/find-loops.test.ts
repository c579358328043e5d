import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { measureBeats, metreName } from '../../music/index.ts'
import { beatAt, secondsAt } from '../timeline.ts'
import { findLoops } from './find-loops.ts'
import { type FreeNote, type FreeTake, usualTempi as range } from './take.ts'

/** A line of beats and pitches, at a tempo that rises by so much on the way; the foot goes down with its first beat. */
function played(
  line: readonly (readonly [beat: number, pitch: number])[],
  beats: number,
  bpm: number,
  rise = 0,
): FreeTake {
  const at = (beat: number) => 1 + (60 / bpm) * (beat - (rise * beat * beat) / (2 * beats))
  const notes = line.map(([beat, pitch]): FreeNote => ({ at: at(beat), until: at(beat + 0.4), pitch, velocity: 80 }))
  return { from: 1, until: at(beats), notes }
}

/** Each beat's pitch twice, the same in each measure: the root on beat one, then other tones. */
function eighths(measures: number, beats: number, pickup: readonly number[] = []) {
  const pitches = [36, 43, 41, 40]
  const line = Array.from({ length: 2 * beats * measures }, (_, eighth) => {
    return [eighth / 2, pitches[Math.floor(eighth / 2) % beats] as number] as const
  })
  return [...pickup.map((beat) => [beat, 43] as const), ...line]
}

describe('a free take', () => {
  it.each([
    ['four measures of 4/4', eighths(4, 4), 16, 112, '4/4', 4],
    ['eight measures of 4/4', eighths(8, 4), 32, 112, '4/4', 8],
    ['four measures of 3/4', eighths(4, 3), 12, 126, '3/4', 4],
    ['two measures of 4/4', eighths(2, 4), 8, 120, '4/4', 2],
  ] as const)('of %s is heard as such, also where the tempo drifts', (_, line, beats, bpm, metre, measures) => {
    for (const rise of [-0.05, 0, 0.05]) {
      const [loop] = findLoops(played(line, beats, bpm, rise), range)
      expect(loop && [metreName(loop.metre), loop.measures]).toEqual([metre, measures])
      expect(loop?.start).toBeCloseTo(1, 1)
      for (const [beat] of line) {
        const take = played([[beat, 36]], beats, bpm, rise)
        expect(loop && beatAt(loop.timeline, take.notes[0]?.at ?? 0)).toBeCloseTo(beat, 1)
      }
    }
  })

  it('has its pickup before beat one', () => {
    const take = played(eighths(4, 4, [-1, -0.5]), 16, 112)
    const [loop] = findLoops({ ...take, from: 0 }, range)
    expect(loop && [metreName(loop.metre), loop.measures]).toEqual(['4/4', 4])
    expect(loop?.start).toBeCloseTo(1, 1)
  })

  it('is mended by a foot that comes late', () => {
    const take = played(eighths(2, 4), 8, 120)
    const [loop] = findLoops({ ...take, until: take.until + 0.04 }, range)
    expect(loop?.end).toBeCloseTo(5, 1)
    expect(Math.abs((loop?.bpm ?? 0) / 120 - 1)).toBeLessThan(0.01)
  })

  it('may be heard in other metres, too', () => {
    const loops = findLoops(played(eighths(4, 3), 12, 120), range)
    expect(new Set(loops.map(({ metre }) => metreName(metre))).size).toBeGreaterThan(2)
  })

  it('without a note is as long as from press to press, and begins with a single note', () => {
    const [empty] = findLoops({ from: 3, until: 7, notes: [] }, range)
    expect(empty?.start).toBeCloseTo(3, 6)
    expect(empty?.end).toBeCloseTo(7, 6)
    const note = { at: 4, until: 4.5, pitch: 40, velocity: 80 }
    const [single] = findLoops({ from: 2, until: 8, notes: [note] }, range)
    expect(single?.start).toBeCloseTo(4, 6)
    expect(single?.end).toBeCloseTo(8, 6)
  })

  it('that is over at once is none', () => {
    expect(findLoops({ from: 1, until: 1, notes: [] }, range)).toEqual([])
    expect(findLoops({ from: 2, until: 1, notes: [{ at: 1.5, until: 1, pitch: 40, velocity: 1 }] }, range)).toEqual([])
  })
})

const number = fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.constantFrom(0, 5, Number.NaN, 1e9, -1e9))
const anyNote = fc.record({ at: number, until: number, pitch: fc.nat(127), velocity: fc.integer({ min: 1, max: 127 }) })

describe('whatever is played', () => {
  it('is heard as whole measures, as long as they were, in a tempo that rises with time', () => {
    const take = fc.record({ from: number, until: number, notes: fc.array(anyNote, { maxLength: 40 }) })
    fc.assert(
      fc.property(take, (take) => {
        for (const loop of findLoops(take, range)) {
          const { metre, measures, bpm, start, end, timeline } = loop
          const beats = measures * measureBeats(metre)
          expect((beats * 60) / bpm).toBeCloseTo(end - start, 6)
          expect(secondsAt(timeline, 0)).toBeCloseTo(start, 6)
          expect(beatAt(timeline, end)).toBeCloseTo(beats, 4)
          expect(timeline.every(({ bpm }) => bpm > 0 && Number.isFinite(bpm))).toBe(true)
        }
      }),
      { numRuns: runs(400) },
    )
  })

  it('is the same at another time of day', () => {
    const take = played(eighths(4, 4), 16, 112, 0.03)
    const later = (at: number) => at + 3600
    const notes = take.notes.map((note) => ({ ...note, at: later(note.at), until: later(note.until) }))
    const [now] = findLoops(take, range)
    const [then] = findLoops({ from: later(take.from), until: later(take.until), notes }, range)
    expect(then?.measures).toBe(now?.measures)
    expect(then?.bpm).toBeCloseTo(now?.bpm ?? 0, 6)
  })

  it('may be four thousand notes', () => {
    const notes = Array.from({ length: 4096 }, (_, index) => {
      return { at: index * 0.11, until: index * 0.11 + 0.1, pitch: 30 + (index % 7), velocity: 80 }
    })
    const loops = findLoops({ from: 0, until: 4096 * 0.11, notes }, range)
    expect(loops[0]?.bpm).toBeCloseTo(30 / 0.22, 1)
    expect(loops.length).toBeGreaterThan(1)
  })
})
