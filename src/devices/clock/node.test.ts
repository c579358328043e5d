import { afterEach, describe, expect, it, vi } from 'vitest'
import { monotonicClock, wakeEvery } from './node.ts'

afterEach(() => vi.restoreAllMocks())

it('the monotonic clock never goes back, and knows the moment of a time stamp', () => {
  const before = monotonicClock.now()
  const at = monotonicClock.of(performance.now())
  expect(at).toBeGreaterThanOrEqual(before)
  expect(monotonicClock.now()).toBeGreaterThanOrEqual(at)
})

/** When somebody is woken each 25 ms whose timers are late, each by its milliseconds. */
function wakeUps(late: readonly number[]): number[] {
  let now = 0
  let timer = { turn: () => {}, at: Number.POSITIVE_INFINITY }
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((turn: () => void, wait: number) => {
    timer = { turn, at: now + wait }
  }) as typeof setTimeout)
  const came: number[] = []
  wakeEvery(25, () => came.push(now))
  for (const by of late) {
    now = timer.at + by
    timer.turn()
  }
  return came
}

describe('a wake-up', () => {
  it('comes no later because another one was late', () => {
    expect(wakeUps([3, 0, 24, 0])).toEqual([28, 50, 99, 100])
  })

  it('is left out where it was missed, and the next is in its place', () => {
    expect(wakeUps([60, 0, 25, 0])).toEqual([85, 100, 150, 175])
  })

  it('comes no more when that is ended', () => {
    vi.useFakeTimers()
    const wake = vi.fn()
    const end = wakeEvery(25, wake)
    vi.advanceTimersByTime(60)
    end()
    vi.advanceTimersByTime(60)
    vi.useRealTimers()
    expect(wake).toHaveBeenCalledTimes(2)
  })
})
