import { lookAheadSeconds, notesBetween, type SessionEvent, type SessionState } from '../../src/session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../src/timing/index.ts'
import type { Instrument, ScheduledNote } from './instrument.ts'
import type { Violations } from './violations.ts'

/**
 * Compares the notes that were scheduled wake-up by wake-up with those of one long look-ahead: both must have the same
 * notes at the same times, none missing and none twice.
 *
 * After a change, notes that were scheduled before it are still to come. They are not compared.
 */
export type LoopCheck = {
  /** Checks up to an event, given the state before and after it. */
  follow(event: SessionEvent, before: SessionState, after: SessionState): void
  /** How many notes have been compared. */
  readonly compared: number
  /** Starts again with a state, at any later time. */
  restart(state: SessionState, now: Seconds): void
}

const slack: Seconds = 0.03

/** How far apart two calculations of one time may be. */
const rounding: Seconds = 1e-5

/** No look-ahead is longer than this. */
const longestLook: Seconds = 60

/** Makes the check, for what an instrument receives. @param handsLate by how much the session hears of a key too late */
export function createLoopCheck(
  violations: Violations,
  { scheduled }: Pick<Instrument, 'scheduled'>,
  start: SessionState,
  handsLate: Seconds,
): LoopCheck {
  /** Notes are scheduled this far beyond an event before it arrives. */
  const ahead = lookAheadSeconds + handsLate + slack
  let anchor = { state: start, at: 0 }
  let unsureUntil: Seconds = 0
  let waiting: ScheduledNote[] = []
  let compared = 0

  const compare = (until: Seconds) => {
    const { state, at } = anchor
    const { playing, timeline } = state.transport
    waiting.push(...scheduled())
    const from = Math.max(at, unsureUntil)
    const isCompared = ({ at }: ScheduledNote) => at >= from + rounding && at < until - rounding
    const received = waiting.filter(isCompared)
    waiting = waiting.filter((note) => note.at >= until)
    if (!playing || until <= from) return
    const expected = notesBetween(state, beatAt(timeline, at), beatAt(timeline, until))
      .map(({ track, pitch, velocity, beat }) => ({ track, pitch, velocity, beat, at: secondsAt(timeline, beat) }))
      .filter(isCompared)
    compared += expected.length
    const left = [...received]
    for (const note of expected) {
      const place = left.findIndex((each) => isSame(each, note))
      if (place < 0) violations.add('no note of a loop is missing', described(note))
      else left.splice(place, 1)
    }
    for (const note of left) violations.add('no note of a loop comes twice', described(note))
  }
  return {
    follow(event, before, after) {
      const isTick = event.type === 'tick'
      const jumps = hasJumped(before, after, event.at)
      if (isTick && !jumps && event.at - anchor.at < longestLook) return
      compare(isTick && jumps ? before.now : event.at)
      if (jumps) unsureUntil = Math.max(unsureUntil, event.at + ahead)
      else if (!isTick && isChanged(before, after))
        unsureUntil = Math.max(unsureUntil, sureFrom(event.at + ahead, before, after))
      anchor = { state: after, at: Math.max(event.at, anchor.at) }
    },
    get compared() {
      return compared
    },
    restart(state, at) {
      waiting = []
      scheduled()
      anchor = { state, at }
      unsureUntil = at + ahead
    },
  }
}

function described({ track, pitch, beat, at }: ScheduledNote): string {
  return `${track} ${pitch} on beat ${beat} at ${at.toFixed(4)} s`
}

function isSame(a: ScheduledNote, b: ScheduledNote): boolean {
  return a.track === b.track && a.pitch === b.pitch && a.velocity === b.velocity && Math.abs(a.at - b.at) < rounding
}

/** Whether the music has started, stopped or started again. */
function hasJumped({ transport: before }: SessionState, { transport: after }: SessionState, at: Seconds): boolean {
  if (before.playing !== after.playing) return true
  return Math.abs(beatAt(before.timeline, at) - beatAt(after.timeline, at)) > rounding
}

/** Whether the loops may have changed: a key that is early for the next pass of its take keeps the same note from coming at once. */
function isChanged(before: SessionState, after: SessionState): boolean {
  const parts = ['transport', 'material', 'settings', 'grooves', 'songs', 'band', 'phrases'] as const
  return parts.some((part) => before[part] !== after[part]) || before.recording.take !== after.recording.take
}

/** When the last note has sounded that was scheduled before a change. */
function sureFrom(ahead: Seconds, before: SessionState, after: SessionState): Seconds {
  return Math.max(ahead, secondsAt(after.transport.timeline, beatAt(before.transport.timeline, ahead)))
}
