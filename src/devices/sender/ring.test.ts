import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRing, maxMessageBytes, type RingMessage } from './ring.ts'

const messages = fc.array(
  fc.record({
    due: fc.double({ noNaN: true }),
    place: fc.integer({ min: -1, max: 1000 }),
    bytes: fc.uint8Array({ maxLength: 40 }),
  }),
)

function taken(ring: ReturnType<typeof createRing>): RingMessage[] {
  const out: RingMessage[] = []
  ring.drain((message) => out.push(message))
  return out
}

describe('a ring', () => {
  it('gives the other end what was put in, in its order, however often it goes round', () => {
    const ring = createRing()
    const other = createRing(ring.memory)
    fc.assert(
      fc.property(messages, (put) => {
        for (const message of put) ring.put(message)
        expect(taken(other)).toEqual(put)
      }),
    )
  })

  it('refuses what is too long, and what has no room, and has room again when something was taken', () => {
    const ring = createRing()
    const message = (length: number) => ({ due: 1, place: 2, bytes: new Uint8Array(length) })
    ring.put(message(maxMessageBytes + 1))
    ring.put(message(maxMessageBytes))
    expect([ring.refused, taken(ring)]).toEqual([1, [message(maxMessageBytes)]])
    while (ring.refused === 1) ring.put(message(3))
    const room = taken(ring).length
    expect(room).toBeGreaterThan(500)
    for (let count = 0; count < room; count++) ring.put(message(3))
    expect([ring.refused, taken(ring).length]).toEqual([2, room])
  })

  it('lets nobody wait for what is there', () => {
    const ring = createRing()
    ring.put({ due: 1, place: 2, bytes: new Uint8Array(3) })
    ring.wait(Number.POSITIVE_INFINITY)
    expect(taken(ring)).toHaveLength(1)
  })
})
