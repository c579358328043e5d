import { createHash } from 'node:crypto'
import { type Effect, type Performance, replay, type SessionState, startSession } from '../../src/session/index.ts'

/** A hash of all effects so far, so that two hours of them take no memory. */
export type Trace = {
  /** Adds the effects of an event or a tick. */
  add(effects: readonly Effect[]): void
  /** The hash of all effects up to here. */
  readonly value: string
}

/** Starts a trace, or continues one from its value. */
export function createTrace(from = ''): Trace {
  let value = from
  return {
    add(effects) {
      for (const effect of effects) {
        value = createHash('sha1').update(value).update(JSON.stringify(effect, inOrder)).digest('base64')
      }
    },
    get value() {
      return value
    },
  }
}

/** What is read from a file has its fields in another order: that makes no other effect. */
function inOrder(_: string, value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value
}

/** Replays a performance: its trace, and the state at its end. */
export function retrace(performance: Performance): { readonly value: string; readonly state: SessionState } {
  const trace = createTrace()
  let state = startSession(performance.seed)
  for (const step of replay(performance)) {
    trace.add(step.effects)
    state = step.state
  }
  return { value: trace.value, state }
}
