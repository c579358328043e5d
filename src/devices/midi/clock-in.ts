import { type Beats, measureBeats } from '../../music/index.ts'
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
   * @returns the clock's tempo; null while none comes in.
   */
  wake(transport: Transport): Bpm | null
}

/** The session is led to where the clock is within a beat, and looked after so often. */
const lookAfter: Beats = 1 / 2

/** A tempo that is as close as this is let be: a clock that jitters says no better. */
const closeEnough = 1 / 400

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

  const isIgnored = (message: ClockMessage, timeStampMs: number, input: string) => {
    if (input === leader) return false
    const status = clockStatus(followed, timeStampMs / 1000)
    const isAlive = status === 'measured' || status === 'locked'
    return isAlive && (followed.running || message.type !== 'start')
  }
  const joinIn = (timeStampMs: number) => {
    const begins = cue === 'start'
    cue = null
    offset = null
    if (transport?.playing && !begins) return
    if (transport?.playing) controls.stop(timeStampMs)
    controls.play(timeStampMs)
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
        if (transport?.playing) controls.stop(timeStampMs)
      } else if (message.type === 'clock' && cue) {
        const measure = transport ? measureBeats(transport.form.metre) * ticksPerBeat : 1
        if ((followed.ticks.at(-1)?.number ?? 0) % measure === 0) joinIn(timeStampMs)
      }
    },
    wake(next) {
      if (next.playing && !transport?.playing) offset = null
      transport = next
      const stamp = performance.now()
      const [tempo, status] = [clockTempo(followed), clockStatus(followed, stamp / 1000)]
      if (tempo === null || status === 'lost') return null
      if (stamp - lookedAfterMs < (60_000 / tempo) * lookAfter) return tempo
      lookedAfterMs = stamp
      const here = beatAt(next.timeline, clock.of(stamp))
      const behind = next.playing ? lag(here, clockBeat(followed, stamp / 1000)) : 0
      const leading = tempo * Math.min(2, Math.max(1 / 2, 1 + behind))
      if (Math.abs(leading / tempoAt(next.timeline, here) - 1) > closeEnough) controls.tempo(leading, stamp)
      return tempo
    },
  }
}
