import type { Soloist } from '../../improv/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { AnswerEvent, Ask, Effect } from '../core/index.ts'
import { type SessionEvent, type SessionState, startSession } from '../session.ts'
import { step } from '../step.ts'
import { actToday } from '../version-1.ts'
import { type Performance, recorded } from './performance.ts'

/** The models that play with the performer of a script. */
export type RehearsalModels = {
  readonly seed?: number
  readonly soloist?: Soloist | null
  /** Answers what a model is asked, or leaves it unanswered. */
  readonly answer?: (ask: Ask) => ModelAnswer | null
  /** How long an answer takes. */
  readonly latency?: Seconds
}

/** What models answer; null where there is no answer, and then the message says why. */
export type ModelAnswer = Pick<AnswerEvent, 'answer' | 'message'>

/** A script, played through. */
export type Rehearsal = {
  readonly performance: Performance
  /** What the world was to do, and when. */
  readonly effects: readonly (Effect & { readonly at: Seconds })[]
  readonly state: SessionState
}

/** Plays a script of events, in the order of their times, as fast as it goes, with models that answer in its time. */
export function rehearse(script: readonly SessionEvent[], models: RehearsalModels = {}): Rehearsal {
  const { seed = 0, soloist = null, answer, latency = 0 } = models
  let state = startSession(seed)
  const events: SessionEvent[] = []
  const effects: (Effect & { readonly at: Seconds })[] = []
  const answers: SessionEvent[] = []
  const take = (given: SessionEvent) => {
    const event = actToday(given)
    const next = step(state, event, soloist)
    state = next.state
    const kept = recorded(event, next.state)
    if (kept) events.push(kept)
    for (const effect of next.effects) {
      effects.push({ ...effect, at: event.at })
      const given = effect.type === 'ask' ? answer?.(effect) : null
      if (effect.type !== 'ask' || !given) continue
      const { job, request } = effect
      answers.push({ type: 'answer', job, request, ...given, at: event.at + latency } as SessionEvent)
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
