import { createMidiInput } from './input.ts'
import type { MidiListener, MidiPort, MidiPorts } from './ports.ts'

/** Why there is no MIDI, and what to do: a sentence. */
export type MidiTrouble = { readonly trouble: string }

/** Inputs that send back what programs play: to hear them all the time would make the music hear itself. */
const sendsBack = /\bthrough\b|\bIAC\b|loop/i

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
  const [inputs, outputs] = [createRack<MIDIInput>(), createRack<MIDIOutput>()]
  const changes = new Set<() => void>()
  const look = () => {
    inputs.fill(access.inputs.values())
    outputs.fill(access.outputs.values())
    for (const changed of changes) changed()
  }
  const onChange = (changed: () => void) => {
    changes.add(changed)
    return () => void changes.delete(changed)
  }
  access.addEventListener('statechange', look)
  look()
  return {
    inputs: inputs.list,
    outputs: outputs.list,
    onChange,
    listen(chosen, heard) {
      const heardPorts = new Map<MIDIInput, () => void>()
      const follow = () => {
        const wanted = new Map<MIDIInput, string>()
        for (const [id, port] of inputs.plugged) {
          if (chosen === null ? !sendsBack.test(id) : id === chosen) wanted.set(port, id)
        }
        for (const [port, end] of heardPorts) {
          if (wanted.has(port)) continue
          heardPorts.delete(port)
          end()
        }
        for (const [port, id] of wanted) if (!heardPorts.has(port)) heardPorts.set(port, hear(port, id, heard))
      }
      const end = onChange(follow)
      follow()
      return () => {
        end()
        for (const end of heardPorts.values()) end()
        heardPorts.clear()
      }
    },
    send(output, bytes, timeStampMs) {
      try {
        outputs.plugged.get(output)?.send(bytes, timeStampMs)
      } catch {
        // It was pulled a moment ago.
      }
    },
  }
}

/** Hears a port until that is ended. */
function hear(port: MIDIInput, id: string, heard: MidiListener): () => void {
  const input = createMidiInput((message, timeStampMs) => heard(message, timeStampMs, id))
  const take = ({ data, timeStamp }: MIDIMessageEvent) => data && input.take(data, timeStamp)
  port.addEventListener('midimessage', take)
  // Another program may hold it: then it stays silent.
  port.open().catch(() => {})
  return () => {
    port.removeEventListener('midimessage', take)
    input.letGo(performance.now())
  }
}

/** The ports of a kind: those that are plugged in, by their ids, and those that were. */
function createRack<Port extends MIDIPort>() {
  const plugged = new Map<string, Port>()
  const seen = new Set<string>()
  return {
    plugged: plugged as ReadonlyMap<string, Port>,
    fill(ports: Iterable<Port>) {
      plugged.clear()
      for (const port of ports) {
        if (port.state === 'disconnected') continue
        const name = port.name || 'MIDI'
        let id = name
        for (let count = 2; plugged.has(id); count++) id = `${name} ${count}`
        plugged.set(id, port)
        seen.add(id)
      }
    },
    list: (): MidiPort[] => [...seen].map((id) => ({ id, name: id, connected: plugged.has(id) })),
  }
}
