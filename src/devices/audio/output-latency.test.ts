import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askLatency } from './output-latency.ts'

/** A context whose time moves on when a block is made, and which tells when it was asked. */
class FakeContext extends EventTarget {
  state = 'running'
  currentTime = 0
  /** How often the clock was looked at. */
  looks = 0
  /** How many looks there had been when it was asked. */
  readonly asked: number[] = []

  constructor() {
    super()
    let time = 0
    Object.defineProperty(this, 'currentTime', {
      get: () => {
        this.looks++
        return time
      },
      set: (to: number) => {
        time = to
      },
    })
  }

  get outputLatency() {
    this.asked.push(this.looks)
    return 0.04
  }
}

const ask = (context: FakeContext) =>
  new Promise<void>((resolve) => askLatency(context as unknown as AudioContext, resolve))

const { setTimeout: realTimeout } = globalThis
const soon = () => new Promise((resolve) => realTimeout(resolve, 5))

/** Waits until somebody has looked at the clock once more. */
async function looked(context: FakeContext): Promise<void> {
  for (const { looks } = context; context.looks < looks + 3; ) await soon()
}

/** Waits until nobody looks at the clock any more. */
async function rested(context: FakeContext): Promise<void> {
  for (let looks = -1; context.looks !== looks; await soon()) looks = context.looks
}

describe('the question how late the sound is', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('is asked once, just after a block was made', async () => {
    const context = new FakeContext()
    const asking = ask(context)
    await looked(context)
    expect(context.asked).toEqual([])
    context.currentTime = 0.01
    await asking
    context.dispatchEvent(new Event('statechange'))
    await rested(context)
    expect(context.asked).toHaveLength(1)
  })

  it('waits for a context that sleeps', async () => {
    const context = new FakeContext()
    context.state = 'suspended'
    const asking = ask(context)
    context.currentTime = 0.01
    await rested(context)
    expect(context.looks).toBe(0)
    context.state = 'running'
    context.dispatchEvent(new Event('statechange'))
    await looked(context)
    context.currentTime = 0.02
    await asking
    expect(context.asked).toHaveLength(1)
  })

  it('is given up where no time passes, until the context wakes again', async () => {
    const context = new FakeContext()
    const asking = ask(context)
    await looked(context)
    vi.advanceTimersByTime(2000)
    await rested(context)
    context.dispatchEvent(new Event('statechange'))
    await looked(context)
    context.currentTime = 0.01
    await asking
    expect(context.asked).toHaveLength(1)
  })

  it('is asked after a while where the page was too busy at first, and no more than once', async () => {
    const context = new FakeContext()
    const asking = ask(context)
    for (const pause of [4000, 8000]) {
      await looked(context)
      vi.advanceTimersByTime(2000)
      await rested(context)
      vi.advanceTimersByTime(pause)
    }
    await looked(context)
    context.currentTime = 0.01
    await asking
    vi.advanceTimersByTime(100_000)
    await rested(context)
    expect(context.asked).toHaveLength(1)
  })

  it('is not asked where a block may have been made since', async () => {
    const context = new FakeContext()
    void ask(context)
    await looked(context)
    vi.advanceTimersByTime(20)
    context.currentTime = 0.01
    await looked(context)
    expect(context.asked).toEqual([])
    vi.advanceTimersByTime(2000)
    await rested(context)
  })
})
