import type { Soloist } from '../../src/improv/index.ts'
import type { Beats } from '../../src/music/index.ts'
import {
  type DueNote,
  type Effect,
  lookAheadSeconds,
  notesBetween,
  type Performance,
  replay,
  type SessionEvent,
  type SessionState,
  startSession,
  step,
} from '../../src/session/index.ts'
import { beatAt, type Seconds } from '../../src/timing/index.ts'

/** What came of one moment of a replay. */
export type ReplayStep = {
  readonly step: number
  /** The place of the event in the performance; absent for a tick of the clock. */
  readonly event?: number
  readonly at: Seconds
  readonly effects: readonly Effect[]
  /** The notes of loops, drums and click that a scheduler is handed now. */
  readonly notes: readonly DueNote[]
}

/** Ticks of the clock in a second. */
const ticksPerSecond = 10

/** After so many seconds without an event the clock stops ticking until the next one. */
const longestRest: Seconds = 100

/** The clock ticks on for so long after the last event. */
const after: Seconds = 2

/**
 * Replays a performance from its recorded answers, step by step.
 *
 * @param unrecorded how many events come first that the recording has not: what an older version had set at first.
 */
export function* replaySteps({ seed, events }: Performance, unrecorded: number): Generator<ReplayStep> {
  const first = events.slice(0, unrecorded)
  const ticking = withTicks(events.slice(unrecorded))
  const scheduler = new Scheduler(startSession(seed))
  let [count, now] = [-unrecorded, 0]
  for (const { event, effects, state } of replay({ seed, events: [...first, ...ticking.map(({ event }) => event)] })) {
    if (count++ < 0) continue
    const step = count - 1
    const index = ticking[step]?.index
    now = Math.max(now, event.at)
    const notes = scheduler.fetch(state, event.at, now)
    yield { step, ...(index !== undefined && { event: index }), at: event.at, effects, notes }
  }
}

/** The effects of the same steps, but the soloist is asked for the recorded pitches again. */
export function* askAgain(
  { seed, events }: Performance,
  unrecorded: number,
  soloist: Soloist,
): Generator<readonly Effect[]> {
  let state = startSession(seed)
  for (const event of events.slice(0, unrecorded)) state = step(state, event).state
  for (const { event } of withTicks(events.slice(unrecorded).map(withoutAnswer))) {
    const next = step(state, event, soloist)
    state = next.state
    yield next.effects
  }
}

function withoutAnswer(event: SessionEvent): SessionEvent {
  if (event.type !== 'noteOn') return event
  const { answer: _, ...asked } = event
  return asked
}

type Ticking = { readonly event: SessionEvent; readonly index?: number }

/** The clock ticks ten times a second, and once more before each event. */
function withTicks(events: readonly SessionEvent[]): Ticking[] {
  const ticking: Ticking[] = []
  let now: Seconds = 0
  const tick = (at: Seconds) => ticking.push({ event: { type: 'tick', at } })
  const tickUpTo = (until: Seconds) => {
    for (let count = Math.floor(now * ticksPerSecond) + 1; count / ticksPerSecond < until; count++) {
      tick(count / ticksPerSecond)
    }
  }
  for (const [index, event] of events.entries()) {
    tickUpTo(Math.min(event.at, now + longestRest))
    tick(event.at)
    ticking.push({ event, index })
    now = Math.max(now, event.at)
  }
  tickUpTo(now + after)
  return ticking
}

/** A note that is later than this is left out. */
const tooLate: Seconds = 0.1

/** Fetches the notes of loops as a live session does, each of them once. */
class Scheduler {
  #begun: number
  /** Up to where the notes have been fetched. */
  #fetched: Beats = 0

  constructor({ transport }: SessionState) {
    this.#begun = transport.begun
  }

  fetch(state: SessionState, at: Seconds, now: Seconds): DueNote[] {
    const { begun, playing, timeline } = state.transport
    if (begun !== this.#begun) {
      this.#begun = begun
      this.#fetched = Math.max(beatAt(timeline, at - tooLate), Math.min(0, beatAt(timeline, at)))
    }
    if (!playing) return []
    const from = Math.max(this.#fetched, beatAt(timeline, now - tooLate))
    const to = beatAt(timeline, now + lookAheadSeconds)
    this.#fetched = Math.max(this.#fetched, to)
    return notesBetween(state, from, to)
  }
}
