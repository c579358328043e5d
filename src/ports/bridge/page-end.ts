import { createMidiInput, type MidiInput, type MidiPorts } from '../midi/index.ts'
import { createRack } from '../midi/rack.ts'
import type { ClockMatch } from './clock-match.ts'
import { readToPage, type ToHost } from './protocol.ts'

/** The page's end of the bridge. */
export type PageEnd = {
  /** The host's ports, as if they were the page's own. */
  readonly ports: MidiPorts
  /** Takes a frame of the host; what makes no sense is passed over. */
  take(frame: unknown): void
  /** Asks the host for the time. */
  ask(): void
  /** The host is gone, and all cables with it: what is held on its inputs is let go. */
  lose(): void
}

/** Makes the page's end. */
export function createPageEnd(tell: (message: ToHost) => void, match: ClockMatch): PageEnd {
  /** Who listens to each input that the host is asked for. */
  const heard = new Map<string, Set<MidiInput>>()
  const { plug, ...ports } = createRack<string, string>({
    hear(from, id, listener) {
      const input = createMidiInput((message, at) => listener(message, at, id))
      const listeners = heard.get(from) ?? new Set()
      if (listeners.size === 0) tell({ type: 'hear', input: from })
      heard.set(from, listeners.add(input))
      return () => {
        listeners.delete(input)
        if (listeners.size === 0) tell({ type: 'leave', input: from })
        input.letGo(performance.now())
      }
    },
    send(output, bytes, timeStampMs) {
      const at = timeStampMs === undefined ? null : match.toTheirs(timeStampMs)
      tell({ type: 'send', output, bytes: [...bytes], ...(at !== null && { at }) })
    },
  })
  const named = (ids: readonly string[]) => ids.map((id): [string, string] => [id, id])
  return {
    ports,
    take(frame) {
      const message = readToPage(frame)
      if (message?.type === 'ports') plug(named(message.inputs), named(message.outputs))
      else if (message?.type === 'pong') match.heard(message.asked, message.at, performance.now())
      else if (message?.type === 'heard') {
        // Nothing is heard before it was played.
        const now = performance.now()
        const at = Math.min(match.toOurs(message.at) ?? now, now)
        for (const input of heard.get(message.input) ?? []) input.take(Uint8Array.from(message.bytes), at)
      }
    },
    ask: () => tell({ type: 'ping', asked: performance.now() }),
    lose: () => plug([], []),
  }
}
