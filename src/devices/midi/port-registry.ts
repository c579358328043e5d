import { createFeedbackGuard } from './feedback-guard.ts'
import type { MidiListener, MidiPort, MidiPorts } from './ports.ts'

/** How the ports of a library are listened to and sent to. */
export type Wiring<In, Out> = {
  /** Listens to an input, called by its id, until that is ended; then what is held on it is let go. Never throws. */
  readonly listen: (port: In, id: string, listener: MidiListener) => () => void
  /** Sends to an output. It may throw where that is gone. */
  readonly send: (port: Out, bytes: Uint8Array, timeStampMs?: number) => void
}

/** Ports, and who plugs them. */
export type PortRegistry<In, Out> = MidiPorts & {
  /** Says which ports are there now, in their order; one that was there before is the same object as then. */
  plug(inputs: Iterable<Named<In>>, outputs: Iterable<Named<Out>>): void
}

/** A port and its name. */
export type Named<Port> = readonly [name: string, port: Port]

/** Inputs that send back what programs play: listening to them all would feed the music back to itself. */
const sendsBack = /\bthrough\b|\bIAC\b|loop/i

/**
 * What a program opens shows up as a port of its own on Linux: an output that it sends to can be read, an input that it
 * reads can be sent to. These are the names of such ports in RtMidi, whichever program has opened them, and in Firefox.
 */
const openedByPrograms = {
  input: /\bRtMidi ?Output\b(?! ?Client)|^WebMIDI output\b/i,
  output: /\bRtMidi ?Input\b(?! ?Client)|^WebMIDI input\b/i,
}

/** Makes ports of those that a library has, as they come and go. */
export function createPortRegistry<In, Out>({ listen, send }: Wiring<In, Out>): PortRegistry<In, Out> {
  const [inputs, outputs] = [createRow<In>(), createRow<Out>()]
  const changes = new Set<() => void>()
  const guard = createFeedbackGuard()
  /** The inputs that were there before anything could be opened. */
  let first: ReadonlySet<string> | null = null
  const onChange = (changed: () => void) => {
    changes.add(changed)
    return () => void changes.delete(changed)
  }
  return {
    plug(inputPorts, outputPorts) {
      inputs.fill([...inputPorts].filter(([name]) => !openedByPrograms.input.test(name)))
      outputs.fill([...outputPorts].filter(([name]) => !openedByPrograms.output.test(name)))
      first ??= new Set(inputs.plugged.keys())
      for (const changed of changes) changed()
    },
    inputs: inputs.list,
    outputs: outputs.list,
    onChange,
    listen(chosen, listener) {
      const listened = new Map<In, () => void>()
      const guarded = guard.guarded(listener, (id) => !first?.has(id))
      const follow = () => {
        const wanted = new Map<In, string>()
        for (const [id, port] of inputs.plugged) {
          if (chosen === null ? !sendsBack.test(id) : id === chosen) wanted.set(port, id)
        }
        for (const [port, end] of listened) {
          if (wanted.has(port)) continue
          listened.delete(port)
          end()
        }
        for (const [port, id] of wanted) if (!listened.has(port)) listened.set(port, listen(port, id, guarded))
      }
      const end = onChange(follow)
      follow()
      return () => {
        end()
        for (const end of listened.values()) end()
        listened.clear()
      }
    },
    send(output, bytes, timeStampMs) {
      const port = outputs.plugged.get(output)
      try {
        if (port === undefined) return
        guard.sent(bytes, timeStampMs ?? performance.now())
        send(port, bytes, timeStampMs)
      } catch {
        // It was pulled a moment ago.
      }
    },
  }
}

/** The ports of a kind: those that are plugged in, by their ids, and those that were. */
function createRow<Port>() {
  const plugged = new Map<string, Port>()
  const seen = new Set<string>()
  return {
    plugged: plugged as ReadonlyMap<string, Port>,
    fill(ports: Iterable<Named<Port>>) {
      plugged.clear()
      for (const [name, port] of ports) {
        let id = name
        for (let count = 2; plugged.has(id); count++) id = `${name} ${count}`
        plugged.set(id, port)
        seen.add(id)
      }
    },
    list: (): MidiPort[] => [...seen].map((id) => ({ id, name: id, connected: plugged.has(id) })),
  }
}
