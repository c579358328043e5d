import type { Clock } from '../output.ts'

/** The system's monotonic clock, from the start of the process. */
export const monotonicClock: Clock = {
  now: () => performance.now() / 1000,
  of: (timeStamp) => timeStamp / 1000,
}

/**
 * Wakes somebody up again and again. One that comes late makes the next no later; those that were missed are left out.
 *
 * @returns what ends it.
 */
export function wakeEvery(milliseconds: number, wake: () => void): () => void {
  let due = performance.now()
  const next = () => {
    const now = performance.now()
    due += milliseconds * Math.max(1, 1 + Math.floor((now - due) / milliseconds))
    return setTimeout(turn, due - now)
  }
  const turn = () => {
    timer = next()
    wake()
  }
  let timer = next()
  return () => clearTimeout(timer)
}
