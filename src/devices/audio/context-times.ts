import type { Seconds } from '../../timing/index.ts'

/** Where the moments of the system's monotonic clock are in a context's time, of whose sound they are to be heard. */
export type ContextTimes = {
  /** Looks at both clocks: to be called often. */
  read(): void
  of(at: Seconds): Seconds
}

/** How many looks are remembered: a context that stood still for a moment is followed after some seconds. */
const remembered = 64

/**
 * Follows a context. Its time stands still between two blocks of sound, so a look at it is never early and up to a block
 * late: of the last ones the earliest is right, and doesn't jitter.
 *
 * @param now the moment, on the monotonic clock.
 */
export function contextTimes(
  context: Pick<AudioContext, 'currentTime' | 'outputLatency'>,
  now: () => Seconds,
): ContextTimes {
  const ahead: Seconds[] = []
  const read = () => {
    ahead.push(context.currentTime - now())
    if (ahead.length > remembered) ahead.shift()
  }
  return {
    read,
    of(at) {
      read()
      return at + Math.max(...ahead) - context.outputLatency
    },
  }
}
