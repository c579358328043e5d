import type { Seconds } from '../timing/index.ts'
import type { Clock } from './output.ts'

/**
 * The time stamp, in milliseconds, of a moment of the session's clock: the inverse of the clock's `of`. What leaves with
 * it sounds together with what the sound card plays at that moment.
 */
export function timeStampOf(clock: Pick<Clock, 'of'>, at: Seconds): number {
  const now = performance.now()
  return now + 1000 * (at - clock.of(now))
}

/**
 * How far ahead messages are sent, in milliseconds: a wake-up may be missed, and what is called off is called off a moment
 * later, for what browsers have been sent can't be taken back.
 */
export const sentAheadMs = 50
