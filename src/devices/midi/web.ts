import { createMidiInput } from './input.ts'
import { createPortRegistry, type Named } from './port-registry.ts'
import type { MidiListener, MidiPorts, MidiTrouble } from './ports.ts'

/**
 * Opens the ports that a browser has (Web MIDI), without system exclusive messages. Browsers ask their user first.
 *
 * @returns where there is none, or it is refused, the reason.
 */
export async function openWebMidi(browser: Navigator = navigator): Promise<MidiPorts | MidiTrouble> {
  if (typeof browser.requestMIDIAccess !== 'function') {
    if (!globalThis.isSecureContext) return { trouble: 'MIDI needs a page from localhost, or from https://.' }
    return { trouble: `This browser has no MIDI: use Chrome, Edge or Firefox. ${otherHands}` }
  }
  try {
    return portsOf(await browser.requestMIDIAccess())
  } catch (error) {
    const isRefused = error instanceof DOMException && /NotAllowed|Security/.test(error.name)
    if (isRefused) return { trouble: `MIDI is not allowed here: allow it beside the page's address. ${otherHands}` }
    return { trouble: `This system's MIDI does not open: see whether another program holds it. ${otherHands}` }
  }
}

const otherHands = "The computer's keys and the screen play too."

function portsOf(access: MIDIAccess): MidiPorts {
  const { plug, ...ports } = createPortRegistry<MIDIInput, MIDIOutput>({
    listen,
    send: (port, bytes, timeStampMs) => port.send(bytes, timeStampMs),
  })
  const look = () => plug(there(access.inputs.values()), there(access.outputs.values()))
  access.addEventListener('statechange', look)
  look()
  return ports
}

function there<Port extends MIDIPort>(ports: Iterable<Port>): Named<Port>[] {
  return [...ports].filter(({ state }) => state !== 'disconnected').map((port) => [port.name || 'MIDI', port])
}

/** Listens to a port until that is ended. */
function listen(port: MIDIInput, id: string, listener: MidiListener): () => void {
  const input = createMidiInput((message, timeStampMs) => listener(message, timeStampMs, id))
  const receive = ({ data, timeStamp }: MIDIMessageEvent) => data && input.receive(data, timeStamp)
  port.addEventListener('midimessage', receive)
  // Another program may hold it: then it stays silent.
  port.open().catch(() => {})
  return () => {
    port.removeEventListener('midimessage', receive)
    input.letGo(performance.now())
  }
}
