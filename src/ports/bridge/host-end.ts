import { createMidiInput, encodeMidi, type MidiInput, type MidiPorts } from '../midi/index.ts'
import { readToHost, type ToPage } from './protocol.ts'

/** One page's end of the bridge, at the host. */
export type HostEnd = {
  /** Takes a frame of the page. Returns false where it makes no sense. */
  take(frame: unknown): boolean
  /** The page is gone: what it has left sounding ends. */
  end(): void
}

/** Nothing is kept for later than this, in milliseconds. */
const farthestMs = 10_000

/** Lends ports to a page. */
export function createHostEnd(ports: MidiPorts, tell: (message: ToPage) => void): HostEnd {
  /** What ends listening, by the inputs that the page listens to. */
  const heard = new Map<string, () => void>()
  /** What the page holds down on outputs, and until when it has sent there. */
  const played = new Map<string, { readonly hand: MidiInput; last: number }>()

  const tellPorts = () => {
    tell({ type: 'ports', inputs: connected(ports.inputs()), outputs: connected(ports.outputs()) })
  }
  const playedOn = (output: string) => {
    const known = played.get(output)
    if (known) return known
    const hand = createMidiInput((message, at) => ports.send(output, encodeMidi(message), at))
    const made = { hand, last: 0 }
    played.set(output, made)
    return made
  }
  const endChanges = ports.onChange(tellPorts)
  tellPorts()
  return {
    take(frame) {
      const message = readToHost(frame)
      switch (message?.type) {
        case 'hear':
          if (heard.has(message.input) || !connected(ports.inputs()).includes(message.input)) break
          heard.set(
            message.input,
            ports.listen(message.input, (midi, at, input) =>
              tell({ type: 'heard', input, bytes: [...encodeMidi(midi)], at }),
            ),
          )
          break
        case 'leave':
          heard.get(message.input)?.()
          heard.delete(message.input)
          break
        case 'send': {
          if (!connected(ports.outputs()).includes(message.output)) break
          const now = performance.now()
          const at = Math.min(message.at ?? now, now + farthestMs)
          const { hand, last } = playedOn(message.output)
          hand.take(Uint8Array.from(message.bytes), at)
          played.set(message.output, { hand, last: Math.max(last, at) })
          break
        }
        case 'ping':
          tell({ type: 'pong', asked: message.asked, at: performance.now() })
          break
        default:
          return false
      }
      return true
    },
    end() {
      endChanges()
      for (const stop of heard.values()) stop()
      heard.clear()
      for (const { hand, last } of played.values()) hand.letGo(Math.max(performance.now(), last))
      played.clear()
    },
  }
}

function connected(ports: ReturnType<MidiPorts['inputs']>): string[] {
  return ports.filter((port) => port.connected).map(({ id }) => id)
}
