import { createHash } from 'node:crypto'
import { type Effect, type Performance, replay, type SessionState, startSession } from '../../src/session/index.ts'

/** All effects so far as one number, so that two hours of them cost no memory. */
export type Trace = {
  /** What came of an event or a tick. */
  add(effects: readonly Effect[]): void
  /** The number, of all up to here. */
  readonly value: string
}

/** Begins a trace, or goes on from a value. */
export function createTrace(from = ''): Trace {
  let value = from
  return {
    add(effects) {
      for (const effect of effects) {
        value = createHash('sha1').update(value).update(JSON.stringify(effect)).digest('base64')
      }
    },
    get value() {
      return value
    },
  }
}

/** Plays a performance again: its trace, and where it ends. */
export function retrace(performance: Performance): { readonly value: string; readonly state: SessionState } {
  const trace = createTrace()
  let state = startSession(performance.seed)
  for (const step of replay(performance)) {
    trace.add(step.effects)
    state = step.state
  }
  return { value: trace.value, state }
}
