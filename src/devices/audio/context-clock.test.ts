import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contextClock } from './context-clock.ts'

/** A context whose sound is heard a while after it was made, and which says so, more or less exactly. */
class FakeContext {
  latency = 0.04
  jitter = 0
  /** From the system's time to the context's. */
  ahead = -2
  says: 'well' | 'nothing' | 'zero' | 'nonsense' = 'well'

  get currentTime() {
    return performance.now() / 1000 + this.ahead
  }

  getOutputTimestamp() {
    if (this.says === 'nothing') return {}
    if (this.says === 'zero') return { contextTime: 0, performanceTime: 0 }
    if (this.says === 'nonsense') return { contextTime: 1e6, performanceTime: performance.now() }
    const contextTime = this.currentTime - this.latency + this.jitter
    return { contextTime, performanceTime: performance.now() }
  }
}

const clockOf = (context: FakeContext) => contextClock(context as unknown as AudioContext)

describe('the clock of a context', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 10_000, toFake: ['performance'] }))
  afterEach(() => void vi.useRealTimers())
  const pass = (ms: number) => vi.advanceTimersByTime(ms)

  it('tells when a sound was made that is heard at a time stamp', () => {
    pass(10_000)
    const clock = clockOf(new FakeContext())
    expect(clock.now()).toBeCloseTo(8)
    expect(clock.of(10_000)).toBeCloseTo(7.96)
    pass(500)
    expect(clock.of(10_490)).toBeCloseTo(8.45)
  })

  it.each(['nothing', 'zero', 'nonsense'] as const)('goes by what is made where the device says %s', (says) => {
    pass(10_000)
    const context = new FakeContext()
    context.says = says
    expect(clockOf(context).of(9_990)).toBeCloseTo(7.99)
  })

  it('smooths a device that is inexact, and never goes back', () => {
    pass(10_000)
    const context = new FakeContext()
    const clock = clockOf(context)
    let last = clock.of(10_000)
    for (let count = 1; count <= 200; count++) {
      pass(10)
      context.jitter = count % 2 === 0 ? 0.01 : -0.01
      const at = clock.of(10_000 + count * 10)
      expect(at).toBeGreaterThanOrEqual(last)
      expect(Math.abs(at - (7.96 + count * 0.01))).toBeLessThan(0.001)
      last = at
    }
  })

  it('gives an older stamp no later time, and none the future', () => {
    pass(10_000)
    const context = new FakeContext()
    const clock = clockOf(context)
    const late = clock.of(10_000)
    expect(clock.of(9_000)).toBeLessThan(late)
    expect(clock.of(50_000)).toBeLessThanOrEqual(clock.now())
  })

  it('follows a context that slept', () => {
    pass(10_000)
    const context = new FakeContext()
    const clock = clockOf(context)
    const before = clock.of(10_000)
    pass(5_000)
    context.ahead -= 5
    expect(clock.of(15_000)).toBeCloseTo(before)
    pass(1_000)
    expect(clock.of(16_000)).toBeCloseTo(before + 1)
  })
})
