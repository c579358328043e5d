import { expect, it } from 'vitest'
import type { SessionEvent } from '../../session/index.ts'
import { createDemo } from './demo.ts'

/** The keys that are down after a demonstration that somebody took over at a moment. */
function keysDownAfter(takeOverAt: number): number[] {
  let now = 0
  const happened: SessionEvent[] = []
  const demo = createDemo({ now: () => now, happen: (event) => happened.push(event) })
  demo.start()
  for (; now < takeOverAt; now += 0.025) demo.wake()
  demo.takeOver()
  demo.wake()
  const down = new Set<number>()
  for (const event of happened) {
    if (event.type === 'noteOn') down.add(event.pitch)
    if (event.type === 'noteOff') down.delete(event.pitch)
  }
  expect(happened.length).toBeGreaterThan(0)
  return [...down]
}

it('leaves no key down, whenever it is taken over', () => {
  for (let at = 0; at < 30; at += 0.1) expect(keysDownAfter(at), `taken over after ${at} s`).toEqual([])
})
