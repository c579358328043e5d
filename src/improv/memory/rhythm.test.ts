import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { lengthClass, lengthClasses } from '../../models/index.ts'
import { createContextCounts } from './context-counts.ts'
import { createRhythmRecall, distanceClasses, type RhythmNote } from './rhythm.ts'

const even = (classes: number) => new Float64Array(classes).fill(1 / classes)
const sum = (chances: ArrayLike<number>) => Array.from(chances).reduce((all, chance) => all + chance, 0)

/** Charleston after Charleston: on one, and on the and of two. */
const charleston: readonly RhythmNote[] = Array.from({ length: 24 }, (_, index) => ({
  phase: index % 2 === 0 ? 0 : 6,
  since: index === 0 ? null : index % 2 === 0 ? 30 : 18,
  beats: index % 2 === 0 ? 1 : 0.25,
}))

describe('counts in contexts of several lengths', () => {
  it('goes by the longest context that it has met, and falls back on shorter ones', () => {
    const counts = createContextCounts(4, 2)
    for (let time = 0; time < 20; time++) {
      counts.add([0, 0], 1)
      counts.add([0, 1], 2)
    }
    const likeliest = (context: number[]) => {
      const { chances, order } = counts.ask(context)
      return [chances.indexOf(Math.max(...chances)), order]
    }
    expect(likeliest([0, 0])).toEqual([1, 2])
    expect(likeliest([0, 1])).toEqual([2, 2])
    expect(counts.ask([0, 7]).order).toBe(1)
    expect(counts.ask([5, 0]).order).toBe(0)
  })
})

describe('a memory of rhythm', () => {
  it('expects a rhythm to go on as it has before, whoever played it', () => {
    for (const how of ['learn', 'remember'] as const) {
      const recall = createRhythmRecall()
      recall[how](charleston)
      recall.start(0)
      recall.next({ since: 18, phase: 6, beats: 1 })
      const known = how === 'remember' ? 0 : 1
      const { distance, length } = recall.experts(30)
      for (const [expert, expected] of [
        [distance[known], 30],
        [length[known], lengthClass(0.25)],
      ] as const) {
        const chances = expert?.chances ?? new Float64Array()
        expect(chances.indexOf(Math.max(...chances))).toBe(expected)
      }
    }
  })

  it('gives each distance and each length a chance, whatever has been played', () => {
    const notes = fc.array(
      fc.record({
        phase: fc.integer({ min: 0, max: 11 }),
        since: fc.option(fc.integer({ min: 0, max: 400 })),
        beats: fc.double({ min: 0, max: 40, noNaN: true }),
      }),
    )
    fc.assert(
      fc.property(notes, notes, (session, performer) => {
        const recall = createRhythmRecall()
        recall.remember(session)
        recall.learn(performer)
        for (const { phase, since, beats } of session) recall.next({ phase, since: since ?? 12, beats })
        for (const chances of [recall.distances(even(distanceClasses)), recall.lengths(even(lengthClasses), 12)]) {
          expect(sum(chances)).toBeCloseTo(1, 9)
          expect(Math.min(...chances)).toBeGreaterThan(0)
        }
      }),
      { numRuns: runs(200) },
    )
  })
})
