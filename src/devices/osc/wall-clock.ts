/** The time of day, in milliseconds from 1970, at a time stamp of `performance.now()`'s clock. */
export type WallClock = (timeStampMs: number) => number

/** The system's clock is adjusted now and then; a smaller difference than this is rounding. */
const roundingMs = 5

/**
 * Makes a clock as exact as `performance.now()` that follows the system's when that is set: what other programs wait for
 * is the system's time.
 */
export function createWallClock(systemNow: () => number = Date.now): WallClock {
  let offset = performance.timeOrigin
  return (timeStampMs) => {
    // The system's clock counts whole milliseconds.
    const wrong = systemNow() + 0.5 - performance.now() - offset
    if (Math.abs(wrong) > roundingMs) offset += wrong
    return timeStampMs + offset
  }
}
