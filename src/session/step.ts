import type { Soloist } from '../improv/index.ts'
import type { Stepped } from './core/index.ts'
import { type SessionEvent, type SessionState, stepToday } from './session.ts'
import { actToday } from './version-1.ts'

/**
 * Takes the performance a step further: a pure function.
 *
 * First come the automatic events up to now, each at its own time, then the event. So it does not matter how often the
 * clock ticks. What makes no sense is counted and changes nothing; nothing is ever thrown. Programs written for version
 * 0.1 may still send `act`.
 *
 * @param soloist who chooses pitches live; without one they are the performer's own, or those that a recording holds.
 */
export function step(state: SessionState, event: SessionEvent, soloist: Soloist | null = null): Stepped<SessionState> {
  return stepToday(state, actToday(event), soloist)
}
