import { expect, it } from 'vitest'
import { clampVelocity, pitchClass, pitchName } from './note.ts'

it('a velocity always sounds and always fits', () => {
  expect([-5, 0, 0.4, 63.5, 127, 400].map(clampVelocity)).toEqual([1, 1, 1, 64, 127, 127])
})

it('pitches have classes and names', () => {
  expect([0, 60, 61, 127].map(pitchName)).toEqual(['C-1', 'C4', 'Db4', 'G9'])
  expect([60, 71, -1].map(pitchClass)).toEqual([0, 11, 11])
})
