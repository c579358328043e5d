import { type Clock, createGauge, type Gauge, type Output } from '../devices/index.ts'
import type { Soloist } from '../improv/index.ts'
import type { Beats } from '../music/index.ts'
import {
  type Ask,
  type Effect,
  lookAheadSeconds,
  type ModelAnswer,
  notesBetween,
  type SessionEvent,
  type SessionInput,
  type SessionState,
  startSession,
  stepToday,
} from '../session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../timing/index.ts'

/** What a session runs with. */
export type SessionLoopOptions = {
  readonly clock: Clock
  /** Where it sounds, in the order in which a key reaches them. More may be added while it runs. */
  readonly outputs: readonly Output[]
  /** May come later than the session. */
  readonly soloist: Soloist | null
  /** Asks a model; null where no answer is wanted any more. */
  readonly ask: (ask: Ask) => Promise<ModelAnswer | null>
  /** Receives each event and its effects, after they have sounded. */
  readonly observe: (event: SessionEvent, effects: readonly Effect[], state: SessionState) => void
}

/** How a session keeps its promises, counted since it began. */
export type Diagnostics = {
  /** Milliseconds of our own code from a key to the last output. */
  readonly keys: Gauge
  /** Milliseconds that the notes of loops were handed over after they were due; 0 is in time. */
  readonly lateness: Gauge
  /** Notes of loops that came too late to be played. */
  missed: number
}

/** A session that runs against a clock, with outputs and models. */
export type SessionLoop = {
  readonly state: SessionState
  readonly diagnostics: Diagnostics
  /** Takes an input, now or at a moment of the clock that has just been, from a source. */
  dispatch(input: SessionInput, at?: Seconds, source?: string): void
  /** Lets time pass, and hands over the notes that are due soon: to be called at least every {@link wakeMs}. */
  wake(): void
  /** Ends it: inputs and answers that come later are passed over. */
  end(): void
}

/** How often a session is to be woken, so that a wake-up may be missed. */
export const wakeMs = 25

/** A note that is later than this is better left out. */
const tooLate: Seconds = 0.1

/** After a gap this long the machine slept: nobody misses the notes, and they are not counted. */
const asleep: Beats = 256

/** An error's message is cut to this many letters: an event has room for them. */
const longestMessage = 1000

/**
 * Runs a session, from its beginning or from where it was.
 *
 * The path from a key to its sound is here: `dispatch`, `step`, the outputs. A step gives its effects to them as soon as each is
 * decided, so that a key sounds before it is recorded; everything else comes after the step.
 */
export function createSessionLoop(
  options: SessionLoopOptions,
  seed: number,
  from: SessionState = startSession(seed),
): SessionLoop {
  const { clock, outputs } = options
  const diagnostics: Diagnostics = { keys: createGauge(), lateness: createGauge(), missed: 0 }
  let state = from
  let isOver = false
  /** Up to where the outputs have the notes of the loops. */
  let handedOver: Beats = 0
  /** When the last output had the last key. */
  let sounded = 0

  const advance = (event: SessionEvent) => {
    const before = state.transport
    const { state: next, effects } = stepToday(state, event, options.soloist, (effect) => sound(effect, event.source))
    state = next
    const { begun, timeline } = state.transport
    if (begun !== before.begun) {
      // On the tapped beat the music may have begun a moment ago.
      handedOver = Math.max(beatAt(timeline, event.at - tooLate), Math.min(0, beatAt(timeline, event.at)))
    }
    return effects
  }
  const sound = (effect: Effect, source: string | undefined) => {
    for (const output of outputs) {
      if (effect.type === 'sound') output.sound(effect, source)
      else if (effect.type === 'stop') output.stop(effect)
      else if (effect.type === 'express') output.express(effect)
      else if (effect.type === 'silence') output.silence(effect.track, effect.keysGoOn)
    }
    if (effect.type === 'sound') sounded = performance.now()
  }
  const finish = (event: SessionEvent, effects: readonly Effect[]) => {
    // After a clock has jumped, most questions of a step are overtaken by others.
    for (const effect of effects)
      if (effect.type === 'ask' && state.asked[effect.job]?.request === effect.request) void answer(effect)
    options.observe(event, effects, state)
  }
  const answer = async (ask: Ask) => {
    let found: ModelAnswer | null
    try {
      found = await options.ask(ask)
    } catch (error) {
      found = { answer: null, message: messageOf(error) }
    }
    const { job, request } = ask
    if (found) loop.dispatch({ type: 'answer', job, request, ...found } as SessionInput, undefined, 'models')
  }
  const handOver = (now: Seconds) => {
    const { playing, timeline } = state.transport
    if (!playing) return
    const from = beatAt(timeline, now - tooLate)
    const to = beatAt(timeline, now + lookAheadSeconds)
    if (from > handedOver && from < handedOver + asleep)
      diagnostics.missed += notesBetween(state, handedOver, from).length
    for (const note of notesBetween(state, Math.max(handedOver, from), to)) {
      const at = secondsAt(timeline, note.beat)
      diagnostics.lateness.add(1000 * Math.max(0, now - at))
      const seconds = secondsAt(timeline, note.beat + note.beats) - at
      for (const output of outputs) output.schedule(note, Math.max(now, at), seconds)
    }
    handedOver = Math.max(handedOver, to)
  }
  const loop: SessionLoop = {
    get state() {
      return state
    },
    diagnostics,
    dispatch(input, at = clock.now(), source) {
      if (isOver) return
      const event = (source === undefined ? { ...input, at } : { ...input, at, source }) as SessionEvent
      const { transport: before, refused } = state
      const began = performance.now()
      const effects = advance(event)
      if (event.type === 'noteOn' && sounded >= began) diagnostics.keys.add(sounded - began)
      if (state.transport !== before) handOver(clock.now())
      // What makes no sense is not recorded: nobody could open the recording.
      if (state.refused === refused) finish(event, effects)
    },
    wake() {
      if (isOver) return
      const at = clock.now()
      const tick: SessionEvent = { type: 'tick', at }
      const effects = advance(tick)
      handOver(at)
      finish(tick, effects)
      const { memory } = state.trading.line
      if (memory) options.soloist?.prepare(memory)
    },
    end() {
      isOver = true
    },
  }
  return loop
}

/** Why a model could not even be asked. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, longestMessage)
}
