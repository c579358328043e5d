import { createMidiDecoder, encodeMidi, type MidiMessage } from './message.ts'
import type { MidiListener } from './ports.ts'

/** Keeps what is sent from being heard as somebody's playing, whichever way it comes back. */
export type FeedbackGuard = {
  /** Remembers what is sent, and when it leaves. */
  sent(bytes: Uint8Array, timeStampMs: number): void
  /**
   * A listener that is told everything but what comes back.
   *
   * @param isSuspect whether an input came after something had been opened, which it may belong to.
   */
  guarded(listener: MidiListener, isSuspect: (input: string) => boolean): MidiListener
}

/** How long after it was sent a message may come back, in milliseconds. */
const windowMs = 100

/** By how much a time stamp may be early, in milliseconds. */
const earlyMs = 5

/** After this many notes in a row that were just sent, an input sends back: a player doesn't repeat that many. */
const convincing = 3

/** The most messages that are remembered: no wire carries more within the window. */
const most = 1024

/** A message that was sent, and by which inputs it has come back. */
type Sent = { readonly name: string; readonly at: number }

/** What is known of an input. */
type Input = { plays: boolean; echoes: number; sendsBack: boolean; readonly back: WeakSet<Sent> }

/**
 * Makes a guard.
 *
 * An input sends back if three of its notes in a row were sent a moment before, with the same channel, pitch and velocity; one
 * that is suspect, if its first note was. From then on, what was sent a moment before is ignored there, once for each time that
 * it was sent. Everything else is heard, for a synthesizer with a soft thru has keys of its own.
 */
export function createFeedbackGuard(): FeedbackGuard {
  let all: readonly Sent[] = []
  return {
    sent(bytes, timeStampMs) {
      const since = performance.now() - windowMs
      const named = createMidiDecoder()(bytes).map((message) => ({ name: nameOf(message), at: timeStampMs }))
      all = [...all.filter(({ at }) => at >= since), ...named].slice(-most)
    },
    guarded(listener, isSuspect) {
      const inputs = new Map<string, Input>()
      const isEcho = (message: MidiMessage, at: number, id: string) => {
        const input = inputs.get(id) ?? { plays: false, echoes: 0, sendsBack: false, back: new WeakSet() }
        inputs.set(id, input)
        const name = nameOf(message)
        const found = all.find(
          (sent) => sent.name === name && at > sent.at - earlyMs && at < sent.at + windowMs && !input.back.has(sent),
        )
        if (found) input.back.add(found)
        if (message.type === 'noteOn') {
          input.echoes = found ? input.echoes + 1 : 0
          const isFirst = !input.plays && isSuspect(id)
          if (found && (isFirst || input.echoes >= convincing)) input.sendsBack = true
          if (!found) input.plays = true
        }
        return found !== undefined && input.sendsBack
      }
      return (message, timeStampMs, id) => {
        if (!isEcho(message, timeStampMs, id)) listener(message, timeStampMs, id)
      }
    },
  }
}

function nameOf(message: MidiMessage): string {
  return encodeMidi(message).join(' ')
}
