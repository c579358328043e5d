import { createMidiInput, encodeMidi, type MidiInput, type MidiPorts } from '../midi/index.ts'
import { allNotesOffAddress, type OscMessage, type OscSend, type WallClock, writeOsc } from '../osc/index.ts'
import { readToHost, type ToPage } from './protocol.ts'

/** One page's end of the bridge, at the host. */
export type HostEnd = {
  /** Receives a frame of the page. Returns false where it makes no sense. */
  receive(frame: unknown): boolean
  /** The page is gone: what it has left sounding ends. */
  end(): void
}

/** What a host lends. */
export type Lent = {
  readonly midi: MidiPorts
  /** Null where nobody listens to OSC. */
  readonly osc: { readonly send: OscSend; readonly leadMs: number } | null
  /** Listens to OSC that comes in. Returns what ends that. */
  onOsc(listener: (message: OscMessage, timeStampMs: number) => void): () => void
  readonly wallClock: WallClock
}

/** Nothing is sent on later than this, in milliseconds from now. */
const farthestMs = 10_000

/** Lends what there is to a page. */
export function createHostEnd({ midi: ports, osc, onOsc, wallClock }: Lent, send: (message: ToPage) => void): HostEnd {
  let hasSentOsc = false
  const inTime = (at = performance.now()) => Math.min(at, performance.now() + farthestMs)
  /** What ends listening, by the inputs that the page listens to. */
  const listening = new Map<string, () => void>()
  /** What the page holds down on outputs, and until when it has sent there. */
  const played = new Map<string, { readonly hand: MidiInput; last: number }>()

  const sendPorts = () => {
    send({ type: 'ports', inputs: connected(ports.inputs()), outputs: connected(ports.outputs()) })
  }
  const playedOn = (output: string) => {
    const known = played.get(output)
    if (known) return known
    const hand = createMidiInput((message, at) => ports.send(output, encodeMidi(message), at))
    const made = { hand, last: 0 }
    played.set(output, made)
    return made
  }
  const endChanges = ports.onChange(sendPorts)
  const endOsc = onOsc(({ address, values }, at) => send({ type: 'osc-in', address, values: [...values], at }))
  sendPorts()
  if (osc) send({ type: 'osc', leadMs: osc.leadMs })
  return {
    receive(frame) {
      const message = readToHost(frame)
      switch (message?.type) {
        case 'hear':
          if (listening.has(message.input) || !connected(ports.inputs()).includes(message.input)) break
          listening.set(
            message.input,
            ports.listen(message.input, (midi, at, input) =>
              send({ type: 'midi-in', input, bytes: [...encodeMidi(midi)], at }),
            ),
          )
          break
        case 'leave':
          listening.get(message.input)?.()
          listening.delete(message.input)
          break
        case 'send': {
          if (!connected(ports.outputs()).includes(message.output)) break
          const at = inTime(message.at)
          const { hand, last } = playedOn(message.output)
          hand.receive(Uint8Array.from(message.bytes), at)
          played.set(message.output, { hand, last: Math.max(last, at) })
          break
        }
        case 'osc':
          hasSentOsc = true
          osc?.send(Uint8Array.from(message.bytes), inTime(message.at))
          break
        case 'ping': {
          const at = performance.now()
          send({ type: 'pong', asked: message.asked, at, unixMs: wallClock(at) })
          break
        }
        default:
          return false
      }
      return true
    },
    end() {
      endChanges()
      endOsc()
      for (const stop of listening.values()) stop()
      listening.clear()
      for (const { hand, last } of played.values()) hand.letGo(Math.max(performance.now(), last))
      played.clear()
      if (hasSentOsc) osc?.send(writeOsc([{ address: allNotesOffAddress, types: '', values: [] }]))
    },
  }
}

function connected(ports: ReturnType<MidiPorts['inputs']>): string[] {
  return ports.filter((port) => port.connected).map(({ id }) => id)
}
