import type { Seconds } from '../../timing/index.ts'
import type { Clock } from '../output.ts'

/** A larger jump is not jitter: the context slept, or has another device now. */
const farOff: Seconds = 0.05

/** A new reading moves the offset by this share of the difference. */
const driftGain = 0.05

/**
 * The clock of a context.
 *
 * `now` is where sound is made; what is heard was made a little before. A key that is pressed together with a sound
 * belongs to where that sound was made, so time stamps go by what the device says that it plays, and a loop that is
 * played in time is recorded in time. Readings jitter, so they are smoothed; a later stamp never gives an earlier time.
 *
 * @param isAsked whether the device may be asked: see {@link askLatency}.
 */
export function contextClock(context: AudioContext, isAsked: () => boolean = () => true): Clock {
  /** From a time stamp, in seconds, to the context's time. */
  let offset = Number.NaN
  let last = { timeStamp: Number.NEGATIVE_INFINITY, at: Number.NEGATIVE_INFINITY }
  return {
    now: () => context.currentTime,
    of(timeStamp) {
      const read = reading(context, isAsked())
      const drift = read - offset
      offset = Math.abs(drift) < farOff ? offset + driftGain * drift : read
      const at = Math.min(context.currentTime, offset + timeStamp / 1000)
      if (timeStamp < last.timeStamp) return Math.min(at, last.at)
      last = { timeStamp, at: Math.max(at, last.at) }
      return last.at
    },
  }
}

/**
 * The context's time less the system's, by what sounds now; where the device doesn't say, or says what can't be, by
 * what is made now.
 */
function reading(context: AudioContext, isAsked: boolean): Seconds {
  const { contextTime = 0, performanceTime = 0 } = (isAsked && context.getOutputTimestamp?.()) || {}
  const now = context.currentTime - performance.now() / 1000
  const said = contextTime - performanceTime / 1000
  const latency = now - said
  return performanceTime > 0 && latency >= 0 && latency < 1 ? said : now
}
