import { type Beats, measureBeats, mod } from '../../music/index.ts'
import { fromNumber, type SessionState, settings } from '../../session/index.ts'
import { type Bpm, beatAt, secondsAt } from '../../timing/index.ts'
import type { Clock } from '../output.ts'
import { timeStampOf } from '../time-stamp.ts'
import type { TransportControls } from '../transport-controls.ts'
import type { LinkPeer } from './peer.ts'

/** A session that plays with the peers. */
export type LinkedSession = TransportControls & { readonly state: SessionState }

/** Keeps a session and its peers together. */
export type Link = {
  /** To be called whenever the session is woken. */
  wake(): void
  /** Leaves the peers, who play on. */
  end(): void
}

/** How often the session is looked after: within a beat it is led to where the peers are. */
const lookAfter: Beats = 1 / 2

/** A session that is as close as this to the peers' beat is let be. */
const closeEnough: Beats = 1 / 1000

/** Tempi that differ by less are the same: Link counts the microseconds of a beat, in whole ones. */
const sameTempo = 1 / 100_000

/** How many milliseconds ahead of the bar line `play` is sent to the session, so that its first notes are on time. */
const playAheadMs = 50

/**
 * Links a session with its peers. What either side has changed since they agreed last goes to the other, once: so nothing
 * echoes, and where both have, ours counts.
 *
 * Where peers begin, the session does on their next bar line. Where it begins itself, or they come while it plays, it is
 * led by its tempo alone, so that it never leaps: from a beginning to the phase of the measure, later, or where a take began
 * with it or a free take ended, to the nearest beat.
 * As long as nobody else is there, the beats are the session's.
 */
export function createLink(peer: LinkPeer, session: LinkedSession, clock: Pick<Clock, 'of'>): Link {
  /** On what both sides agreed last: the session's tempo may be bent, to catch up. */
  const agreed = { playing: false, ours: session.state.settings.tempo, theirs: peer.tempo }
  /** Whether the session is still to come to the phase of the measure. */
  let begins = false
  let lookedAfterMs = Number.NEGATIVE_INFINITY
  /** Whether a take was recorded without a click, when the session was last looked at: its second press begins the music. */
  let wasFree = false

  const setTempo = (bpm: Bpm, stamp: number) => {
    session.tempo(bpm, stamp)
    agreed.ours = session.state.settings.tempo
  }
  const agreeOnTempo = (stamp: number) => {
    const ours = session.state.settings.tempo
    if (differ(ours, agreed.ours)) {
      peer.setTempo(ours, stamp)
      agreed.ours = ours
    } else if (differ(peer.tempo, agreed.theirs)) setTempo(peer.tempo, stamp)
    else return
    agreed.theirs = peer.tempo
    lookedAfterMs = Number.NEGATIVE_INFINITY
  }
  const agreeOnPlaying = (stamp: number, measure: Beats) => {
    const { playing, timeline } = session.state.transport
    if (playing !== agreed.playing) {
      agreed.playing = playing
      begins = playing && !session.state.recording.take && !wasFree
      if (!playing) peer.stop(stamp)
      else if (!peer.isPlaying) peer.play(timeStampOf(clock, secondsAt(timeline, 0)), measure)
    } else if (peer.isPlaying && !playing) {
      const at = barLine(peer, stamp, measure)
      if (at > stamp + playAheadMs) return
      agreed.playing = begins = true
      session.play(at)
    } else if (playing && !peer.isPlaying && peer.changedAtMs <= stamp) {
      agreed.playing = false
      session.stop(stamp)
    }
  }
  const keepTogether = (stamp: number, measure: Beats) => {
    const { playing, timeline, form } = session.state.transport
    const here = beatAt(timeline, clock.of(stamp))
    const isAlone = peer.peers === 0
    if (wasFree && !isAlone) session.count(peer.tempo, mod(peer.beatAt(stamp, 1), 1), stamp)
    if (playing && isAlone) {
      const place = here - form.beat
      if (Math.abs(around(peer.beatAt(stamp, measure) - place, measure)) > closeEnough)
        peer.setBeat(place, stamp, measure)
    }
    const unit = begins ? measure : Math.min(1, 4 / form.metre.denominator)
    const behind = playing && !isAlone ? around(peer.beatAt(stamp, unit) - here, unit) : 0
    if (Math.abs(behind) < lookAfter / 2) begins = false
    const bend = Math.abs(behind) > closeEnough ? Math.min(2, Math.max(1 / 2, 1 + behind)) : 1
    const leading = Number(fromNumber(settings.tempo, agreed.theirs * bend))
    if (differ(leading, agreed.ours)) setTempo(leading, stamp)
  }
  return {
    wake() {
      const stamp = performance.now()
      const measure = measureBeats(session.state.transport.form.metre)
      agreeOnTempo(stamp)
      agreeOnPlaying(stamp, measure)
      wasFree = session.state.recording.free !== null
      if (stamp - lookedAfterMs < (60_000 / agreed.theirs) * lookAfter) return
      lookedAfterMs = stamp
      keepTogether(stamp, measure)
    },
    end: peer.leave,
  }
}

/** The peers' first bar line from now on that is not before they play. */
function barLine(peer: LinkPeer, stamp: number, measure: Beats): number {
  const from = Math.max(stamp, peer.changedAtMs)
  const past = mod(peer.beatAt(from, measure), measure)
  // They begin on a bar line as a rule, which rounding may put just behind us.
  return from + (past < closeEnough ? 0 : ((measure - past) * 60_000) / peer.tempo)
}

/** The distance the shorter way round. */
function around(beats: Beats, length: Beats): Beats {
  return beats - length * Math.round(beats / length)
}

function differ(a: Bpm, b: Bpm): boolean {
  return Math.abs(a / b - 1) > sameTempo
}
