import { expect, it } from 'vitest'
import { eighthTriplets, nearestStep, sixteenthTriplets, stepBeat, stepsPerMeasure } from './grid.ts'
import { parseMetre } from './metre.ts'

it('a measure of each kind has its sixteenths', () => {
  expect(['4/4', '3/4', '7/8', '12/8', '5/16'].map((text) => stepsPerMeasure(parseMetre(text)))).toEqual([
    16, 12, 14, 24, 5,
  ])
})

it('an onset goes to its nearest step, half way to the later one', () => {
  expect([0.1, 0.124, 0.125, 0.99, -0.1].map((beat) => nearestStep(beat))).toEqual([0, 0, 1, 4, 0])
})

it('triplets have a grid beside the sixteenths', () => {
  expect(stepBeat(nearestStep(0.34, eighthTriplets), eighthTriplets)).toBeCloseTo(1 / 3)
  expect(nearestStep(0.5, sixteenthTriplets)).toBe(3)
})
