import { describe, expect, it } from 'vitest'
import { createWallClock } from './wall-clock.ts'

describe('a wall clock', () => {
  it('says the time of day of a time stamp', () => {
    const now = performance.now()
    expect(createWallClock()(now) - (performance.timeOrigin + now)).toBeCloseTo(0, 6)
  })

  it('follows the system’s when that is set, and not how that rounds', () => {
    let setBy = 0
    const clock = createWallClock(() => Math.floor(performance.timeOrigin + performance.now()) + setBy)
    const now = performance.now()
    const before = clock(now)
    expect(clock(now)).toBe(before)
    setBy = 60_000
    expect(Math.abs(clock(now) - before - 60_000)).toBeLessThan(2)
  })
})
