import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapIn, withRest } from './gap.ts'

const seconds = fc.double({ min: 0, max: 60, noNaN: true })
const rests = fc.array(seconds, { maxLength: 20 })

describe('the gap in a rest', () => {
  it('begins at once for somebody who rests long each time, and ends before they came back', () => {
    expect(gapIn([4, 5, 6, 4.5], 0.3, 1)).toEqual([0.3, 4.5])
  })

  it('begins once the short rests are over of somebody who has short and long ones', () => {
    expect(gapIn([0.5, 4, 3, 0.6, 5, 6], 0.3, 1)).toEqual([0.75, 4])
  })

  it('is none for somebody who seldom rests, and for one who is not known', () => {
    expect(gapIn([0.5, 0.7, 0.6, 0.9, 1, 0.8, 0.7], 0.3, 1)).toBeNull()
    expect(gapIn([], 0.3, 1)).toBeNull()
    expect(gapIn([5, 5], 0.3, 1)).toBeNull()
  })

  it('is long enough, and begins where it is known that they rest', () => {
    fc.assert(
      fc.property(rests, seconds, seconds, (rests, rested, shortest) => {
        const gap = gapIn(rests, rested, shortest)
        if (!gap) return
        expect(gap[0]).toBeGreaterThanOrEqual(rested)
        expect(gap[1] - gap[0]).toBeGreaterThanOrEqual(shortest)
        expect(rests).toContain(gap[1])
      }),
    )
  })
})

it('the newest rests are remembered', () => {
  const many = Array.from({ length: 40 }, (_, index) => index)
  expect(many.reduce<readonly number[]>(withRest, [])).toEqual(many.slice(-16))
})
