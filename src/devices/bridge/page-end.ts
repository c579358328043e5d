import { createMidiInput, createPortRegistry, type MidiInput, type MidiPorts } from '../midi/index.ts'
import type { OscMessage, OscSend, WallClock } from '../osc/index.ts'
import type { ClockMatch } from './clock-match.ts'
import { readToPage, type ToHost } from './protocol.ts'

/** The page's end of the bridge. */
export type PageEnd = {
  /** The host's ports, as if they were the page's own. */
  readonly ports: MidiPorts
  /** Receives a frame of the host; what makes no sense is passed over. */
  receive(frame: unknown): void
  /** Sends a packet to whoever listens to the host's OSC. */
  readonly sendOsc: OscSend
  /** The host's time of day, which receivers of OSC wait for. */
  readonly wallClock: WallClock
  /** Asks the host for the time. */
  ask(): void
  /** The host is gone, and all cables with it: what is held on its inputs is let go. */
  lose(): void
}

/** The page's OSC, behind the host's. */
export type OscReceiver = {
  /** Somebody listens to what is sent, and wants notes of loops ahead of their moments by this. */
  begin(leadMs: number): void
  receive(message: OscMessage, timeStampMs: number): void
}

/** Makes the page's end. */
export function createPageEnd(send: (message: ToHost) => void, match: ClockMatch, osc: OscReceiver): PageEnd {
  let wallAhead: number | null = null
  /** Nothing comes before it was played. */
  const receivedAt = (theirs: number) => {
    const now = performance.now()
    return Math.min(match.toOurs(theirs) ?? now, now)
  }
  const leaving = (timeStampMs?: number) => {
    const at = timeStampMs === undefined ? null : match.toTheirs(timeStampMs)
    return at === null ? {} : { at }
  }
  /** Who listens to each input that the host is asked for. */
  const listened = new Map<string, Set<MidiInput>>()
  const { plug, ...ports } = createPortRegistry<string, string>({
    listen(from, id, listener) {
      const input = createMidiInput((message, at) => listener(message, at, id))
      const listeners = listened.get(from) ?? new Set()
      if (listeners.size === 0) send({ type: 'hear', input: from })
      listened.set(from, listeners.add(input))
      return () => {
        listeners.delete(input)
        if (listeners.size === 0) send({ type: 'leave', input: from })
        input.letGo(performance.now())
      }
    },
    send(output, bytes, timeStampMs) {
      send({ type: 'send', output, bytes: [...bytes], ...leaving(timeStampMs) })
    },
  })
  const named = (ids: readonly string[]) => ids.map((id): [string, string] => [id, id])
  return {
    ports,
    receive(frame) {
      const message = readToPage(frame)
      switch (message?.type) {
        case 'ports':
          plug(named(message.inputs), named(message.outputs))
          break
        case 'midi-in':
          for (const input of listened.get(message.input) ?? []) {
            input.receive(Uint8Array.from(message.bytes), receivedAt(message.at))
          }
          break
        case 'pong':
          match.answered(message.asked, message.at, performance.now())
          wallAhead = message.unixMs - message.at
          break
        case 'osc':
          osc.begin(message.leadMs)
          break
        case 'osc-in':
          osc.receive(message, receivedAt(message.at))
          break
      }
    },
    sendOsc: (bytes, timeStampMs) => send({ type: 'osc', bytes: [...bytes], ...leaving(timeStampMs) }),
    wallClock: (ours) => (match.toTheirs(ours) ?? ours) + (wallAhead ?? performance.timeOrigin),
    ask: () => send({ type: 'ping', asked: performance.now() }),
    lose() {
      plug([], [])
      match.forget()
      wallAhead = null
    },
  }
}
