import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyPlayedLine } from '../../../test/arbitraries/played-notes.ts'
import { runs } from '../../../test/runs.ts'
import { intervalClass } from '../../models/index.ts'
import { createNoteCounts, expertNames, inOrder, type NoteCounts } from './counts.ts'
import { createMix } from './mixing.ts'
import { mixingWeights } from './mixing-weights.ts'
import { noPast, noteAt, oldestNote, type Past, rememberedNotes, withNote } from './past.ts'
import { keptChord, type PastNote } from './played-note.ts'
import { createRecall } from './recall.ts'

const classes = 49
const own = new Float64Array(classes).fill(1 / classes)
const chord = { root: 0, kind: 'dominant' } as const

const notesOf = (pitches: readonly number[]): PastNote[] =>
  pitches.map((pitch, index) => ({ pitch, since: index === 0 ? null : 0.5, chord }))
const pastOf = (notes: readonly PastNote[]): Past => notes.reduce(withNote, noPast)
const counted = (notes: readonly PastNote[], counts: NoteCounts = createNoteCounts(1024)) => {
  for (const note of notes) counts.add(note)
  return counts
}
const sum = (chances: Float64Array) => chances.reduce((all, chance) => all + chance, 0)

describe('the past', () => {
  it('remembers the newest notes by their numbers, and forgets the oldest', () => {
    const many = rememberedNotes + 3000
    const past = pastOf(Array.from({ length: many }, (_, index) => ({ pitch: index % 128, since: 1, chord: null })))
    expect(past.total).toBe(many)
    expect(many - oldestNote(past)).toBeGreaterThanOrEqual(rememberedNotes)
    expect(noteAt(past, oldestNote(past) - 1)).toBeUndefined()
    expect(noteAt(past, many)).toBeUndefined()
    for (const number of [oldestNote(past), many - 500, many - 1])
      expect(noteAt(past, number)?.pitch).toBe(number % 128)
  })
})

describe('counts of what is played', () => {
  it('give each interval a chance, whatever has been played', () => {
    fc.assert(
      fc.property(
        anyPlayedLine,
        fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 1, maxLength: 9 }),
        (line, pitches) => {
          const experts = counted(line, createNoteCounts(32)).ask({ pitches, chord }, own)
          for (const name of expertNames) {
            expect(sum(experts[name].chances)).toBeCloseTo(1, 9)
            expect(Math.min(...experts[name].chances)).toBeGreaterThanOrEqual(0)
          }
        },
      ),
      { numRuns: runs(400) },
    )
  })

  it('expect a motif to go on as it has before, at its own pitches and elsewhere', () => {
    const motif = [60, 63, 62, 67, 65, 70, 60]
    const counts = counted(notesOf([...motif, 61, 72, 64, ...motif, 50, 58, ...motif]))
    for (const up of [0, 4]) {
      const heard = motif.slice(0, 4).map((pitch) => pitch + up)
      const { interval } = counts.ask({ pitches: heard.reverse(), chord: null }, own)
      expect(interval.chances.indexOf(Math.max(...interval.chances))).toBe(intervalClass(-2))
      expect(interval.order).toBe(3)
    }
  })

  it('know which degrees are played over a chord, whatever its root', () => {
    const over = (root: number) =>
      [0, 4, 7, 10, 7, 4].map((degree) => ({
        pitch: 60 + root + degree,
        since: 0.5,
        chord: { root, kind: 'dominant' } as const,
      }))
    const { degree } = counted([0, 2, 5, 7, 9].flatMap(over)).ask(
      { pitches: [66], chord: { root: 6, kind: 'dominant' } },
      own,
    )
    const share = (tones: readonly number[]) =>
      degree.chances.reduce(
        (all, chance, token) => all + (tones.includes((((66 + token - 24 - 6) % 12) + 12) % 12) ? chance : 0),
        0,
      )
    expect(share([0, 4, 7, 10])).toBeGreaterThan(0.9)
  })

  it('forget the oldest: what was played long ago weighs nothing', () => {
    const trills = notesOf(Array.from({ length: 200 }, (_, index) => 60 + (index % 2)))
    const fourths = notesOf(Array.from({ length: 64 }, (_, index) => 60 + 5 * (index % 2)))
    const { interval, pitch } = counted([...trills, ...fourths], createNoteCounts(64)).ask(
      { pitches: [60, 65], chord },
      own,
    )
    const { interval: fresh } = counted(fourths, createNoteCounts(64)).ask({ pitches: [60, 65], chord }, own)
    expect(interval.chances[intervalClass(1)]).toBeLessThanOrEqual((fresh.chances[intervalClass(1)] ?? 0) + 1e-3)
    expect(pitch.chances[intervalClass(5)]).toBeGreaterThan(0.9)
  })

  it('know where somebody plays, but for rare pitches', () => {
    const pitches = [...Array.from({ length: 300 }, (_, index) => 60 + (index % 13)), 20, 110]
    expect(createNoteCounts(1024).range()).toBeNull()
    expect(counted(notesOf(pitches)).range()).toMatchObject({ lowest: 60, highest: 72 })
  })
})

describe('a soloist with memories', () => {
  it('plays as ever where there are none, and always something', () => {
    const mix = createMix()
    const mixed = new Float64Array(classes)
    mix(own, inOrder([null, null]), mixingWeights, mixed)
    for (const [token, chance] of mixed.entries()) expect(chance).toBeCloseTo(own[token] as number, 12)
    const session = counted(notesOf([60, 62, 64, 60, 62])).ask({ pitches: [62, 60], chord }, own)
    mix(own, inOrder([session, null]), mixingWeights, mixed)
    expect(sum(mixed)).toBeCloseTo(1, 9)
    expect(mixed[intervalClass(2)]).toBeGreaterThan(1 / classes)
  })

  it('keeps to where a session is played, once it has been going on', () => {
    const played = (count: number) => pastOf(notesOf(Array.from({ length: count }, (_, index) => 60 + (index % 13))))
    expect(createRecall(classes).ask(played(100), chord, own).range).toBeNull()
    expect(createRecall(classes).ask(played(200), chord, own).range).toMatchObject({ lowest: 60, highest: 72 })
  })

  it('recalls the same of a past, whatever it was asked before and however far ahead it has looked', () => {
    fc.assert(
      fc.property(anyPlayedLine, anyPlayedLine, (line, other) => {
        const past = pastOf(line)
        const fresh = [...createRecall(classes).ask(past, chord, own).mixed]
        const asked = createRecall(classes)
        for (const note of line.keys()) asked.prepare(pastOf(line.slice(0, note)))
        asked.ask(pastOf(other), chord, own)
        asked.prepare(past)
        expect([...asked.ask(structuredClone(past), chord, own).mixed]).toEqual(fresh)
      }),
      { numRuns: runs(60) },
    )
  })

  it('knows a performer once they have met, and nobody once they are gone', () => {
    const recall = createRecall(classes)
    expect(recall.ask(noPast, chord, own)).toMatchObject({ performer: null, range: null })
    recall.learn(notesOf([60, 64, 67, 64]))
    expect(recall.ask(noPast, chord, own).performer).not.toBeNull()
    expect(recall.ask(noPast, chord, own, true).performer).toBeNull()
    recall.forgetPerformer()
    expect(recall.ask(noPast, chord, own).performer).toBeNull()
  })
})

it('a chord is of one kind, whatever is added to it', () => {
  const kinds = [
    [[0, 4, 7, 11, 2], 'major'],
    [[0, 4, 7, 10, 1], 'dominant'],
    [[0, 3, 7, 10], 'minor'],
    [[0, 3, 6, 10], 'half-diminished'],
    [[0, 3, 6, 9], 'diminished'],
    [[0, 5, 7, 10], 'other'],
  ] as const
  for (const [tones, kind] of kinds) {
    const root = 5
    expect(keptChord({ root, tones: tones.map((tone) => (tone + root) % 12) })).toEqual({ root, kind })
  }
})
