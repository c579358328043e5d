import { describe, expect, it } from 'vitest'
import { type Drum, fourFour } from '../music/index.ts'
import { faultsOf } from './check-groove.ts'
import type { Groove } from './groove.ts'

/** A groove of two measures of 4/4 from the steps of its drums. */
function groove(steps: Partial<Record<Drum, readonly number[]>>, stepsPerBeat?: 6): Groove {
  const hits = Object.entries(steps).flatMap(([drum, at]) =>
    at.map((step) => ({ step, drum: drum as Drum, velocity: 90, offsetMs: 0 })),
  )
  return { metre: fourFour, measures: 2, hits, ...(stepsPerBeat && { stepsPerBeat }) }
}

const eighths = (count: number) => Array.from({ length: count }, (_, index) => 2 * index)
const bass = groove({ snare: [0, 10, 16, 26] })
const good = { kick: [0, 10, 16], snare: [4, 12, 20, 28], 'closed-hat': eighths(16) }
const faults = (steps: Partial<Record<Drum, readonly number[]>>) => faultsOf(groove(steps), bass)

describe('what drummers don’t play', () => {
  it('is nothing of a plain groove', () => {
    expect(faults(good)).toEqual([])
  })

  it.each([
    ['a measure without a hit', { kick: [0], ride: [0, 4] }, [{ measure: 1, what: 'no hit' }]],
    ['a measure without a cymbal', { ...good, 'closed-hat': eighths(8) }, [{ measure: 1, what: 'no cymbal' }]],
    ['kicks that all miss the bass', { ...good, kick: [0, 21, 23] }, [{ measure: 1, what: 'no kick with the bass' }]],
    [
      'more strokes than a drummer plays',
      { ...good, 'open-hat': Array.from({ length: 8 }, (_, step) => step) },
      [{ measure: 0, what: { tooMany: 'open-hat' } }],
    ],
  ])('is %s', (_, steps, expected) => {
    expect(faults(steps)).toEqual(expected)
  })

  it('is not a measure without a kick, and not a kick just beside the bass', () => {
    expect(faults({ ...good, kick: [1] })).toEqual([])
  })

  it('is not what a fill has of toms', () => {
    const rolled = { ...good, 'low-tom': Array.from({ length: 10 }, (_, step) => step) }
    const tooMany = [{ measure: 0, what: { tooMany: 'low-tom' } }]
    const found = [0, 1].map((fill) => faultsOf(groove(rolled), bass, (measure) => measure === fill))
    expect(found).toEqual([[], tooMany])
  })

  it('is counted in triplets where the groove is', () => {
    const ride = [0, 6, 10, 12, 18, 22, 24, 30, 34, 36, 42, 46]
    expect(faultsOf(groove({ ride, kick: [0] }, 6), groove({ snare: [0, 24] }, 6))).toEqual([])
  })
})
