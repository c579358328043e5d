import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../testing/notes.ts'
import { hold, noteOff } from './encoding.ts'
import { drumEvents, foldPitch, melodyEvents } from './events.ts'

describe('a melody as events', () => {
  it('has onsets, holds, and note offs before rests', () => {
    expect(melodyEvents([note(0, 60, 0.5), note(1, 62, 0.25)])).toEqual([60, hold, noteOff, hold, 62])
  })

  it('starts with holds where it starts with a rest, and has no note off at its end', () => {
    expect(melodyEvents([note(0.5, 60, 0.5)])).toEqual([hold, hold, 60, hold])
  })

  it('has the highest of notes together, and a later note ends an earlier one', () => {
    expect(melodyEvents([note(0, 60, 2), note(0, 67, 0.5), note(0, 64, 4), note(0.25, 62, 0.5)])).toEqual([
      67,
      62,
      hold,
    ])
  })

  it('is empty without notes', () => {
    expect(melodyEvents([])).toEqual([])
  })
})

it('drums as events have the sets that sound together', () => {
  expect(drumEvents([note(0, 36, 0.1), note(0.02, 42, 0.1), note(0.5, 38, 0.1), note(0.5, 20, 0.5)])).toEqual([
    5, 0, 2, 0,
  ])
})

it('a folded pitch is in range and keeps its name, where the range has one', () => {
  fc.assert(
    fc.property(fc.nat(127), fc.nat(100), fc.integer({ min: 11, max: 27 }), (pitch, lowest, size) => {
      const folded = foldPitch(pitch, [lowest, lowest + size])
      expect(folded).toBeGreaterThanOrEqual(lowest)
      expect(folded).toBeLessThanOrEqual(lowest + size)
      expect(Math.abs(folded - pitch) % 12).toBe(0)
    }),
  )
})
