import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQueue } from './queue.ts'

const message = (due: number, place = 0, byte = 0) => ({ due, place, bytes: Uint8Array.of(byte) })

describe('what waits to be sent', () => {
  it('leaves at its time, and at equal times in the order in which it came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 50 }), fc.nat(6), (dues, now) => {
        const queue = createQueue()
        const all = dues.map((due, index) => message(due, 0, index))
        for (const each of all) queue.add(each)
        const out = []
        for (let due = queue.removeDue(now); due; due = queue.removeDue(now)) out.push(due)
        expect(out).toEqual(all.filter(({ due }) => due <= now).sort((a, b) => a.due - b.due))
        expect(queue.next).toBe(Math.min(Number.POSITIVE_INFINITY, ...dues.filter((due) => due > now)))
      }),
    )
  })

  it('has an end', () => {
    const queue = createQueue()
    let count = 0
    while (queue.add(message(count))) count++
    expect(count).toBeGreaterThan(10_000)
    queue.removeDue(count)
    expect(queue.add(message(0))).toBe(true)
  })
})
