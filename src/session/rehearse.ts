import type { Soloist } from '../improv/index.ts'
import type { Seconds } from '../timing/index.ts'
import type { Effect } from './effect.ts'
import type { SessionEvent } from './event.ts'
import { type Performance, recorded } from './performance.ts'
import { type SessionState, startSession } from './state.ts'
import { step } from './step.ts'

/** Who plays with the performer of a script. */
export type Partners = {
  readonly seed?: number
  readonly soloist?: Soloist | null
  /** Answers a question to a model, or leaves it unanswered. */
  readonly answer?: (question: Question) => Answer | null
  /** How long an answer takes. */
  readonly latency?: Seconds
}

/** What the models are asked. */
export type Question = Extract<Effect, { type: 'askGroove' | 'askMelody' }>

/** What they answer; the request and the time are the rehearsal's to add. */
export type Answer =
  | Pick<Extract<SessionEvent, { type: 'groove' }>, 'type' | 'answer' | 'message'>
  | Pick<Extract<SessionEvent, { type: 'melody' }>, 'type' | 'pitches' | 'message'>

/** A script, played through. */
export type Rehearsal = {
  readonly performance: Performance
  /** What the world was to do, and when. */
  readonly effects: readonly (Effect & { readonly at: Seconds })[]
  readonly state: SessionState
}

/** Plays a script of events, in the order of their times, as fast as it goes, with models that answer in its time. */
export function rehearse(script: readonly SessionEvent[], partners: Partners = {}): Rehearsal {
  const { seed = 0, soloist = null, answer, latency = 0 } = partners
  let state = startSession(seed)
  const events: SessionEvent[] = []
  const effects: (Effect & { readonly at: Seconds })[] = []
  const answers: SessionEvent[] = []
  const take = (event: SessionEvent) => {
    const next = step(state, event, soloist)
    state = next.state
    const kept = recorded(event, next.effects)
    if (kept) events.push(kept)
    for (const effect of next.effects) {
      effects.push({ ...effect, at: event.at })
      if (effect.type !== 'askGroove' && effect.type !== 'askMelody') continue
      const given = answer?.(effect)
      if (given) answers.push({ ...given, request: effect.request, at: event.at + latency } as SessionEvent)
    }
  }
  const takeAnswers = (until: Seconds) => {
    while (answers[0] && answers[0].at <= until) take(answers.shift() as SessionEvent)
  }
  for (const event of script) {
    takeAnswers(event.at)
    take(event)
  }
  takeAnswers(Number.POSITIVE_INFINITY)
  return { performance: { seed, events }, effects, state }
}
