import type { RingMessage } from './ring.ts'

/** Messages until their time comes, in the order of their times, and at equal times in the order in which they came. */
export type Queue = {
  /** Adds one. Returns false where too many wait already. */
  add(message: RingMessage): boolean
  /** When the first one is due; infinity where none waits. */
  readonly next: number
  /** Removes the first one that is due at a time; undefined where none is. */
  removeDue(now: number): RingMessage | undefined
}

/** An hour of clock ticks and of notes in sixteenths. */
const most = 65_536

export function createQueue(): Queue {
  const messages: RingMessage[] = []
  return {
    add(message) {
      if (messages.length >= most) return false
      const before = messages.findLastIndex(({ due }) => due <= message.due)
      messages.splice(before + 1, 0, message)
      return true
    },
    get next() {
      return messages[0]?.due ?? Number.POSITIVE_INFINITY
    },
    removeDue: (now) => ((messages[0]?.due ?? Number.POSITIVE_INFINITY) <= now ? messages.shift() : undefined),
  }
}
