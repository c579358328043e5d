/**
 * Says when a message came, on `performance.now()`'s clock, though this thread was busy then.
 *
 * @param sinceLastMs what the system's own clock counts since the message before.
 * @param nowMs when this thread got round to it.
 */
export type ArrivalClock = (sinceLastMs: number, nowMs: number) => number

/** How fast two clocks drift apart at most, as a share of the time. */
const drift = 0.0005

/** No thread is busy for longer, in milliseconds: a longer gap means that the system's clock was wrong, or was adjusted. */
const longestStall = 5000

/**
 * Makes a clock for the messages of one input. A system says how far they are apart, exactly; which moment the first one
 * came at follows from the message that this thread got round to soonest.
 */
export function createArrivalClock(): ArrivalClock {
  /** What the system has counted since the first message, in milliseconds. */
  let counted = 0
  /** By how much this thread's clock is ahead of that, at most. */
  let ahead = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  return (sinceLastMs, nowMs) => {
    const passed = Number.isFinite(sinceLastMs) ? Math.max(0, sinceLastMs) : 0
    counted += passed
    ahead = Math.min(ahead + passed * drift, nowMs - counted)
    if (nowMs - counted - ahead > longestStall) ahead = nowMs - counted
    last = Math.min(nowMs, Math.max(last, counted + ahead))
    return last
  }
}
