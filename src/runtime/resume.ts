import type { Clock, SessionClock } from '../devices/index.ts'
import { type Performance, type SessionState, startSession, stepToday } from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'

/** A performance as it stands after its last event. */
export function stateAfter(performance: Performance): SessionState {
  let state = startSession(performance.seed)
  for (const event of performance.events) state = stepToday(state, event).state
  return state
}

/** A clock that goes on after a moment, whatever the one below it says. */
export function clockAfter(clock: Clock, moment: Seconds): SessionClock {
  const ahead = Math.max(0, moment - clock.now() + 1)
  return { ahead, now: () => clock.now() + ahead, of: (timeStamp) => clock.of(timeStamp) + ahead }
}
