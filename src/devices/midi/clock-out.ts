import type { Beats } from '../../music/index.ts'
import type { SessionState } from '../../session/index.ts'
import { beatAt, type ClockMessage, clockTicksBetween, secondsAt } from '../../timing/index.ts'
import type { Clock } from '../output.ts'
import { sentAheadMs, timeStampOf } from '../time-stamp.ts'
import { encodeMidi } from './message.ts'
import type { MidiPorts } from './ports.ts'

/** Leads other instruments by MIDI's clock. */
export type ClockOut = {
  /** Sends what is due soon: call it with the transport whenever the session is woken. */
  wake(transport: SessionState['transport']): void
  /** Stops others, if they play: nothing will lead them any more. */
  end(): void
}

/** Leads the instruments at several outputs. */
export type ClocksOut = {
  /** Sends what is due soon to the outputs that are there. One that comes late joins in, one that goes is stopped. */
  wake(transport: SessionState['transport'], outputs: ReadonlySet<string>): void
  end(): void
}

/** Before its first tick a start is to be there, in milliseconds, as MIDI asks. */
const startEarlyMs = 1

/**
 * Makes a clock whose ticks are on the session's beats. It starts others on beat 0, after the count-in; where the music
 * plays already, it lets them join in at the next sixteenth.
 */
export function createClockOut(
  send: (bytes: Uint8Array, timeStampMs: number) => void,
  clock: Pick<Clock, 'of'>,
): ClockOut {
  /** Up to which beat ticks have been sent; null before the music plays. */
  let sentTo: Beats | null = null
  /** Where others start. */
  let entry: Beats = 0
  const sendMessage = (message: ClockMessage, timeStampMs: number) => send(encodeMidi(message), timeStampMs)
  const end = () => {
    if (sentTo !== null) sendMessage({ type: 'stop' }, performance.now())
    sentTo = null
  }

  return {
    end,
    wake({ playing, timeline }) {
      const stamp = performance.now()
      const now = clock.of(stamp)
      const beat = beatAt(timeline, now)
      const to = beatAt(timeline, now + sentAheadMs / 1000)
      if (!playing || (sentTo !== null && to < sentTo - 1)) end()
      if (!playing) return
      if (sentTo === null) {
        entry = beat < 1 / 4 ? 0 : Math.ceil(beat * 4) / 4
        sentTo = Math.min(beat, entry)
      }
      for (const tick of clockTicksBetween(sentTo, to)) {
        const at = timeStampOf(clock, secondsAt(timeline, tick))
        if (tick === entry) {
          if (entry > 0) sendMessage({ type: 'position', beat: entry }, at - startEarlyMs)
          sendMessage({ type: entry > 0 ? 'continue' : 'start' }, at - startEarlyMs)
        }
        sendMessage({ type: 'clock' }, at)
      }
      sentTo = Math.max(sentTo, to)
    },
  }
}

/** Makes a clock for each output, from when that is there. */
export function createClocksOut(send: MidiPorts['send'], clock: Pick<Clock, 'of'>): ClocksOut {
  const clocks = new Map<string, ClockOut>()
  return {
    wake(transport, outputs) {
      for (const id of outputs) {
        if (!clocks.has(id)) clocks.set(id, createClockOut(send.bind(null, id), clock))
      }
      for (const [id, out] of clocks) {
        if (outputs.has(id)) out.wake(transport)
        else {
          out.end()
          clocks.delete(id)
        }
      }
    },
    end() {
      for (const out of clocks.values()) out.end()
    },
  }
}
