import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contextTimes } from './context-times.ts'

/** A context that makes sound in blocks, begun with the clock at 100 seconds, and hands on its time. */
function fake(block: number, outputLatency = 0) {
  const clock = { at: 100, lost: 0 }
  const context = {
    get currentTime() {
      return block * Math.floor((clock.at - 100 - clock.lost) / block)
    },
    outputLatency,
  }
  return { clock, times: contextTimes(context, () => clock.at) }
}

describe('the times of a context', () => {
  it('are those of the clock, whatever its blocks, once it has been looked at for a while', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.02, noNaN: true }),
        fc.infiniteStream(fc.nat(1000)),
        (block, jitter) => {
          const { clock, times } = fake(block)
          for (let look = 0; look < 64; look++) {
            clock.at += 0.025 + (jitter.next().value as number) / 50_000
            times.read()
          }
          for (let look = 0; look < 200; look++) {
            clock.at += 0.025 + (jitter.next().value as number) / 50_000
            const late = clock.at + 0.1 - 100 - times.of(clock.at + 0.1)
            expect(late).toBeGreaterThanOrEqual(-1e-9)
            expect(late).toBeLessThan(block / 4)
          }
        },
      ),
      { numRuns: 20, seed: 1 },
    )
  })

  it('are earlier by what the device takes until it is heard', () => {
    const { times } = fake(0.001, 0.03)
    expect(times.of(101)).toBeCloseTo(0.97, 2)
  })

  it('follow a context that stood still', () => {
    const { clock, times } = fake(0.001)
    for (let look = 0; look < 100; look++, clock.at += 0.025) times.read()
    clock.lost = 0.4
    for (let look = 0; look < 100; look++, clock.at += 0.025) times.read()
    expect(times.of(clock.at) - (clock.at - 100.4)).toBeCloseTo(0, 2)
  })
})
