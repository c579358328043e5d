import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createArrivalClock } from './arrival-clock.ts'

describe('when a message came', () => {
  it('is when it was played, though the thread was busy for most of a second', () => {
    const arrival = createArrivalClock()
    // Taps at 97 bpm; the thread is busy from 1500 to 2300. Three milliseconds make it 97.5.
    const tap = 60_000 / 97
    const taps = Array.from({ length: 6 }, (_, index) => 1000 + index * tap)
    const gotRoundTo = (at: number) => (at > 1500 && at < 2300 ? 2300 : at + 0.2)
    const came = taps.map((at, index) => arrival(index === 0 ? 0 : tap, gotRoundTo(at)))
    for (const [index, at] of came.entries()) expect(Math.abs(at - (taps[index] ?? 0))).toBeLessThan(3)
  })

  it('is never later than now, never before the message before, and true but for the drift once one came at once', () => {
    const message = fc.record({
      gapMs: fc.double({ min: 0, max: 2000, noNaN: true }),
      lateMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 900, noNaN: true })),
    })
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 60 }), (messages) => {
        const arrival = createArrivalClock()
        let played = 10_000
        let now = 0
        let before = 0
        for (const [index, { gapMs, lateMs }] of [{ gapMs: 0, lateMs: 0 }, ...messages].entries()) {
          played += gapMs
          now = Math.max(now, played + lateMs)
          const came = arrival(index === 0 ? 0 : gapMs, now)
          expect(came).toBeLessThanOrEqual(now)
          expect(came).toBeGreaterThanOrEqual(before)
          // The two clocks may part by so much.
          expect(Math.abs(came - played)).toBeLessThanOrEqual(0.0005 * (played - 10_000) + 1e-6)
          before = came
        }
      }),
    )
  })

  it('is now where the system counts nonsense', () => {
    const arrival = createArrivalClock()
    arrival(0, 1000)
    expect(arrival(Number.NaN, 1010)).toBeGreaterThanOrEqual(1000)
    arrival(-5, 1020)
    expect(arrival(0, 90_000)).toBe(90_000)
  })
})
