import { type Beats, measureBeats, mod } from '../../music/index.ts'
import type { SessionState } from '../../session/index.ts'
import {
  type Bpm,
  beatAt,
  type ClockMessage,
  clockBeat,
  clockStatus,
  clockTempo,
  receiveClock,
  silentClock,
  tempoAt,
  ticksPerBeat,
} from '../../timing/index.ts'
import type { Clock } from '../output.ts'
import type { TransportControls } from '../transport-controls.ts'

type Transport = SessionState['transport']

/** Follows other instruments by MIDI's clock. */
export type ClockIn = {
  /** Receives what an input's clock says. One input is followed: another when that is lost, or when only that plays. */
  receive(message: ClockMessage, timeStampMs: number, input: string): void
  /**
   * Keeps the session on the clock's beat: call it with the transport whenever the session is woken.
   *
   * @param isFree whether a take is recorded without a click: it is told how the clock counts.
   * @returns the clock's tempo; null while none comes in.
   */
  wake(transport: Transport, isFree?: boolean): Bpm | null
}

/** How often the session's tempo is corrected; it is where the clock is within a beat. */
const lookAfter: Beats = 1 / 2

/** A tempo that is as close as this is left alone: a jittering clock is no more exact. */
const closeEnough = 1 / 400

/** The ticks of the first beat are looked after one by one: before them nobody knows the tempo. */
const firstTicks = ticksPerBeat

/**
 * What a session goes by from the first tick of a clock that has not ticked before to the second: slower than any clock, so
 * that it never gets ahead by more than it can wait for.
 */
const slowest: Bpm = 20

/** A clock whose second tick has not come by then is followed no more: the slowest one's comes in half that time. */
const patienceMs = 250

/** Further apart than this, somebody has leapt to another place in the song: then beats count from there. */
const leap: Beats = 2

/**
 * Makes a follower. The session begins with the clock's song, or, where that goes on in the middle of a bar, with the next
 * bar; from then on it is led by its tempo alone, so that it never leaps. A clock that falls silent leaves it playing.
 */
export function createClockIn(controls: TransportControls, clock: Pick<Clock, 'of'>): ClockIn {
  let followed = silentClock
  let leader: string | null = null
  let transport: Transport | null = null
  /** How the song came to play, where the session is still to join in. */
  let cue: 'start' | 'continue' | null = null
  /** By how many whole beats the clock's song is ahead; null where that is not known yet. */
  let offset: Beats | null = null
  let lookedAfterMs = Number.NEGATIVE_INFINITY
  /** Where the session has joined in: the clock's beat, when, and the session's own tempo; null once that is settled. */
  let joined: {
    readonly beat: Beats
    readonly at: number
    readonly ownBpm: Bpm | null
    readonly isNew: boolean
  } | null = null

  const isIgnored = (message: ClockMessage, timeStampMs: number, input: string) => {
    if (input === leader) return false
    const status = clockStatus(followed, timeStampMs / 1000)
    const isAlive = status === 'measured' || status === 'locked'
    return isAlive && (followed.running || message.type !== 'start')
  }
  const joinIn = (timeStampMs: number, beat: Beats) => {
    const begins = cue === 'start'
    cue = null
    offset = null
    if (transport?.playing && !begins) return
    if (transport?.playing) controls.stop(timeStampMs)
    const ownBpm = transport && tempoAt(transport.timeline, beatAt(transport.timeline, clock.of(timeStampMs)))
    joined = { beat, at: timeStampMs, ownBpm, isNew: true }
    if (followed.ticks.length === 1) controls.tempo(slowest, timeStampMs)
    controls.play(timeStampMs)
  }
  /** The tempo, as far as it is known: in the first quarter of a beat, from the ticks so far. */
  const tempoNow = (stamp: number): Bpm | null => {
    const { ticks } = followed
    const [first, last] = [ticks[0], ticks.at(-1)]
    if (clockStatus(followed, stamp / 1000) === 'lost' || !first || !last) return null
    if (ticks.length > ticksPerBeat / 4) return clockTempo(followed)
    return joined && last.at > first.at ? (60 * (ticks.length - 1)) / (last.at - first.at) / ticksPerBeat : null
  }
  /** The clock's beat; before its pulse is known, as far as it has come since its last tick. */
  const beatNow = (stamp: number, tempo: Bpm): Beats | null => {
    const last = followed.ticks.at(-1)
    if (followed.ticks.length > ticksPerBeat / 4 || !last) return clockBeat(followed, stamp / 1000)
    return followed.running ? last.number / ticksPerBeat + ((stamp / 1000 - last.at) * tempo) / 60 : null
  }
  /** A session that has just joined in is where the clock is, though it went by another tempo until now. */
  const settle = ({ timeline }: Transport, stamp: number) => {
    if (!joined) return
    const { beat, at, ownBpm, isNew } = joined
    if (isNew) {
      offset = Math.round(beat - beatAt(timeline, clock.of(at)))
      joined = { ...joined, isNew: false }
    }
    if (followed.ticks.length > firstTicks) joined = null
    else if (followed.ticks.length === 1 && stamp - at > patienceMs) {
      joined = null
      if (ownBpm !== null) controls.tempo(ownBpm, stamp)
    }
  }
  /** How far the session is behind the clock's song. */
  const lag = (here: Beats, beat: Beats | null): Beats => {
    if (beat === null) return 0
    if (offset === null || Math.abs(beat - here - offset) > leap) offset = Math.round(beat - here)
    return beat - here - offset
  }
  return {
    receive(message, timeStampMs, input) {
      if (isIgnored(message, timeStampMs, input)) return
      if (input !== leader) followed = silentClock
      leader = input
      followed = receiveClock(followed, message, timeStampMs / 1000)
      if (message.type === 'start' || message.type === 'continue') cue = message.type
      else if (message.type === 'stop') {
        cue = null
        joined = null
        if (transport?.playing) controls.stop(timeStampMs)
      } else if (message.type === 'clock' && cue) {
        const measure = transport ? measureBeats(transport.form.metre) * ticksPerBeat : 1
        const number = followed.ticks.at(-1)?.number ?? 0
        if (number % measure === 0) joinIn(timeStampMs, number / ticksPerBeat)
      }
    },
    wake(next, isFree = false) {
      if (next.playing && !transport?.playing) offset = null
      transport = next
      const stamp = performance.now()
      settle(next, stamp)
      const tempo = tempoNow(stamp)
      if (tempo === null) return null
      if (!joined && stamp - lookedAfterMs < (60_000 / tempo) * lookAfter) return tempo
      lookedAfterMs = stamp
      const here = beatAt(next.timeline, clock.of(stamp))
      const beat = beatNow(stamp, tempo)
      if (isFree) controls.count(tempo, beat === null ? null : mod(beat, 1), stamp)
      const behind = next.playing ? lag(here, beat) : 0
      const leading = tempo * Math.min(2, Math.max(1 / 2, 1 + behind))
      if (Math.abs(leading / tempoAt(next.timeline, here) - 1) > closeEnough) controls.tempo(leading, stamp)
      return tempo
    },
  }
}
