import { createGauge, type Gauge } from '../devices/gauge.ts'
import type { Clock, Output } from '../devices/output.ts'
import type { Soloist } from '../improv/index.ts'
import type { Beats } from '../music/index.ts'
import {
  type Answer,
  type Effect,
  type Happening,
  lookAheadSeconds,
  notesBetween,
  type Question,
  type SessionEvent,
  type SessionState,
  startSession,
  step,
} from '../session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../timing/index.ts'

/** What a session plays with. */
export type Rig = {
  readonly clock: Clock
  /** Whoever sounds, in the order in which a key reaches them. */
  readonly outputs: readonly Output[]
  /** May come later than the session. */
  readonly soloist: Soloist | null
  /** Asks a model; null where no answer is wanted any more. */
  readonly ask: (question: Question) => Promise<Answer | null>
  /** Told of everything that happened, after it has sounded. */
  readonly heard: (event: SessionEvent, effects: readonly Effect[], state: SessionState) => void
}

/** How a live session keeps its promises, counted since it began. */
export type Trust = {
  /** Milliseconds of our own code from a key to the last output. */
  readonly keys: Gauge
  /** Milliseconds that the notes of loops were handed over after they were due; 0 is in time. */
  readonly lateness: Gauge
  /** Notes of loops that came too late to be played. */
  missed: number
}

/** A session that runs against a clock, with outputs and models. */
export type Live = {
  readonly state: SessionState
  readonly trust: Trust
  /** Something happens, now or at a moment of the clock that has just been. */
  happen(happening: Happening, at?: Seconds): void
  /** Lets time pass, and hands over the notes that are due soon: to be called at least every {@link wakeMs}. */
  wake(): void
}

/** How often a session is to be woken, so that a wake-up may be missed. */
export const wakeMs = 25

/** A note that is later than this is better left out. */
const tooLate: Seconds = 0.1

/**
 * Runs a session, from its beginning or from where it was.
 *
 * The path from a key to its sound is here: `happen`, `step`, the outputs. Everything else comes after them.
 */
export function createLive(rig: Rig, seed: number, from: SessionState = startSession(seed)): Live {
  const { clock, outputs } = rig
  const trust: Trust = { keys: createGauge(), lateness: createGauge(), missed: 0 }
  let state = from
  /** Up to where the outputs have the notes of the loops. */
  let handedOver: Beats = 0

  const take = (event: SessionEvent) => {
    const before = state.transport
    const { state: next, effects } = step(state, event, rig.soloist)
    state = next
    for (const effect of effects) sound(effect)
    const { begun, timeline } = state.transport
    if (begun !== before.begun) {
      // On the tapped beat the music may have begun a moment ago.
      handedOver = Math.max(beatAt(timeline, event.at - tooLate), Math.min(0, beatAt(timeline, event.at)))
    }
    return effects
  }
  const sound = (effect: Effect) => {
    for (const output of outputs) {
      if (effect.type === 'sound') output.sound(effect)
      else if (effect.type === 'stop') output.stop(effect)
      else if (effect.type === 'silence') output.silence(effect.track)
    }
  }
  const finish = (event: SessionEvent, effects: readonly Effect[]) => {
    for (const effect of effects) {
      if (effect.type !== 'askGroove' && effect.type !== 'askMelody') continue
      const { request } = effect
      void rig.ask(effect).then((answer) => answer && live.happen({ ...answer, request } as Happening))
    }
    rig.heard(event, effects, state)
  }
  const handOver = (now: Seconds) => {
    const { playing, timeline } = state.transport
    if (!playing) return
    const from = beatAt(timeline, now - tooLate)
    const to = beatAt(timeline, now + lookAheadSeconds)
    if (from > handedOver) trust.missed += notesBetween(state, handedOver, from).length
    for (const note of notesBetween(state, Math.max(handedOver, from), to)) {
      const at = secondsAt(timeline, note.beat)
      trust.lateness.add(1000 * Math.max(0, now - at))
      const seconds = secondsAt(timeline, note.beat + note.beats) - at
      for (const output of outputs) output.schedule(note, Math.max(now, at), seconds)
    }
    handedOver = Math.max(handedOver, to)
  }
  const live: Live = {
    get state() {
      return state
    },
    trust,
    happen(happening, at = clock.now()) {
      const event = { ...happening, at } as SessionEvent
      const before = state.transport
      const began = performance.now()
      const effects = take(event)
      if (event.type === 'noteOn') trust.keys.add(performance.now() - began)
      if (state.transport !== before) handOver(clock.now())
      finish(event, effects)
    },
    wake() {
      const at = clock.now()
      const tick: SessionEvent = { type: 'tick', at }
      const effects = take(tick)
      handOver(at)
      finish(tick, effects)
      const { memory } = state.improv.line
      if (memory) rig.soloist?.prepare(memory)
    },
  }
  return live
}
