import type { Effect } from '../core/index.ts'
import { type SessionEvent, type SessionState, startSession } from '../session.ts'
import { step } from '../step.ts'
import type { Performance } from './performance.ts'

/** A step of a replay. */
export type Replayed = {
  readonly event: SessionEvent
  readonly effects: readonly Effect[]
  /** After it. */
  readonly state: SessionState
}

/** Plays a performance again, event by event: the same effects, on any machine. */
export function* replay({ seed, events }: Performance): Generator<Replayed, SessionState> {
  let state = startSession(seed)
  for (const event of events) {
    const next = step(state, event)
    state = next.state
    yield { event, ...next }
  }
  return state
}
