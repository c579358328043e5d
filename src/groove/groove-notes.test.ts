import { expect, it } from 'vitest'
import { fourFour } from '../music/index.ts'
import { grooveNotes } from './groove-notes.ts'

const hit = (step: number, offsetMs = 0) => ({ step, drum: 'snare' as const, velocity: 90, offsetMs })
const beats = (notes: readonly { readonly beat: number }[]) => notes.map(({ beat }) => beat)

it('a groove’s notes are its strokes, where they sound', () => {
  const groove = { metre: fourFour, measures: 1, hits: [hit(-1), hit(0), hit(2, 50)] }
  expect(beats(grooveNotes(groove, 120))).toEqual([-1 / 4, 0, 0.6])
  expect(grooveNotes(groove, 120)[1]).toEqual({ pitch: 38, velocity: 90, beat: 0, beats: 1 / 8 })
})

it('a groove’s eighths swing, on sixteenths and on triplets alike', () => {
  const swing = { ratio: 2 / 3, pair: 1 }
  const straight = { metre: fourFour, measures: 1, hits: [hit(0), hit(2), hit(4)] }
  const triplets = { metre: fourFour, measures: 1, stepsPerBeat: 6 as const, hits: [hit(0), hit(4), hit(6)] }
  for (const groove of [straight, triplets]) {
    const [one, and, two] = beats(grooveNotes(groove, 120, swing))
    expect([one, two]).toEqual([0, 1])
    expect(and).toBeCloseTo(2 / 3)
  }
})
