import type { Place } from './outlet.ts'

/** A place that is to be open, and the number that messages know it by. */
export type Opened = { readonly id: number; readonly place: Place }

/** The orders to a sender's worker, between the messages of the ring and in their order. */
export type Order =
  | ({ readonly type: 'open' } & Opened)
  | { readonly type: 'close'; readonly id: number }
  /** Sends what is due soon, and ends. */
  | { readonly type: 'end' }

/** The place of the messages that are orders, in JSON. */
export const orders = -1

/** What a sender's worker starts with. */
export type SenderStart = {
  readonly ring: SharedArrayBuffer
  readonly lateness: SharedArrayBuffer
  /** {@link clockZero} of the thread by whose clock messages are due. */
  readonly zero: number
  /** What a worker that died had open. */
  readonly places: readonly Opened[]
}

/** What a sender's worker says: that it is there, or whether a place is open now, and why it isn't. */
export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'opened'; readonly id: number; trouble: string | null }

/** How often two clocks are looked at: a thread may be held up between two looks, but hardly each time. */
const looks = 32

/** Where a thread's `performance.now()` begins, on the clock that all threads have in common: in milliseconds. */
export function clockZero(): number {
  // The clock that is looked at first is never ahead, so the largest difference is the truest.
  return Math.max(...Array.from({ length: looks }, () => Number(process.hrtime.bigint()) / 1e6 - performance.now()))
}
