import { lookAheadSeconds, notesBetween, type SessionEvent, type SessionState } from '../../src/session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../src/timing/index.ts'
import type { Handed, Instrument } from './instrument.ts'
import type { Book } from './violations.ts'

/**
 * Compares what was handed over, wake by wake, with what one long look gives: the same notes at the same places, none
 * missing, none twice.
 *
 * What the performer changes finds notes on their way already. So far ahead the two may differ, and nobody asks.
 */
export type LoopLaw = {
  /** Something has happened: the state before and after it. */
  follow(event: SessionEvent, before: SessionState, after: SessionState): void
  /** How many notes have been compared. */
  readonly compared: number
  /** Begins anew: an hour may have passed. */
  restart(state: SessionState, now: Seconds): void
}

const slack: Seconds = 0.03

/** How far apart two calculations of one moment may be. */
const rounding: Seconds = 1e-5

/** A look is no longer than this. */
const longestLook: Seconds = 60

/** Makes the law, for what an instrument is told. */
export function createLoopLaw(
  book: Book,
  { take }: Pick<Instrument, 'take'>,
  start: SessionState,
  handsLate: Seconds,
): LoopLaw {
  /** What was handed over before an event was heard of goes so far beyond it. */
  const ahead = lookAheadSeconds + handsLate + slack
  let anchor = { state: start, at: 0 }
  let unsureUntil: Seconds = 0
  let waiting: Handed[] = []
  let compared = 0

  const compare = (until: Seconds) => {
    const { state, at } = anchor
    const { playing, timeline } = state.transport
    waiting.push(...take())
    const from = Math.max(at, unsureUntil)
    const isAsked = (moment: Seconds) => moment >= from + rounding && moment < until - rounding
    const heard = waiting.filter((note) => isAsked(note.at))
    waiting = waiting.filter((note) => note.at >= until)
    if (!playing || until <= from) return
    const expected = notesBetween(state, beatAt(timeline, at), beatAt(timeline, until))
      .map(({ track, pitch, velocity, beat }) => ({ track, pitch, velocity, beat, at: secondsAt(timeline, beat) }))
      .filter((note) => isAsked(note.at))
    compared += expected.length
    const left = [...heard]
    for (const note of expected) {
      const place = left.findIndex((each) => isSame(each, note))
      if (place < 0) book.breach('no note of a loop is missing', say(note))
      else left.splice(place, 1)
    }
    for (const note of left) book.breach('no note of a loop is too many', say(note))
  }
  return {
    follow(event, before, after) {
      const isTick = event.type === 'tick'
      const leaps = hasLeapt(before, after, event.at)
      if (isTick && !leaps && event.at - anchor.at < longestLook) return
      compare(isTick && leaps ? before.now : event.at)
      if (leaps) unsureUntil = Math.max(unsureUntil, event.at + ahead)
      else if (!isTick && isChanged(before, after))
        unsureUntil = Math.max(unsureUntil, sureFrom(event.at + ahead, before, after))
      anchor = { state: after, at: Math.max(event.at, anchor.at) }
    },
    get compared() {
      return compared
    },
    restart(state, at) {
      waiting = []
      take()
      anchor = { state, at }
      unsureUntil = at + ahead
    },
  }
}

function say({ track, pitch, beat, at }: Handed): string {
  return `${track} ${pitch} on beat ${beat} at ${at.toFixed(4)} s`
}

function isSame(a: Handed, b: Handed): boolean {
  return a.track === b.track && a.pitch === b.pitch && a.velocity === b.velocity && Math.abs(a.at - b.at) < rounding
}

/** Whether the music has begun, ended or begun anew. */
function hasLeapt({ transport: before }: SessionState, { transport: after }: SessionState, at: Seconds): boolean {
  if (before.playing !== after.playing) return true
  return Math.abs(beatAt(before.timeline, at) - beatAt(after.timeline, at)) > rounding
}

/** Whether the loops may be others now. */
function isChanged(before: SessionState, after: SessionState): boolean {
  const parts = ['transport', 'material', 'settings', 'grooves', 'stand'] as const
  const take = ({ recorder }: SessionState) => recorder.take?.track
  return parts.some((part) => before[part] !== after[part]) || take(before) !== take(after)
}

/** From when on nothing is on its way any more that was handed over before a change. */
function sureFrom(ahead: Seconds, before: SessionState, after: SessionState): Seconds {
  return Math.max(ahead, secondsAt(after.transport.timeline, beatAt(before.transport.timeline, ahead)))
}
