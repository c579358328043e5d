import { EventEmitter } from 'node:events'
import type { MidiBackend } from '../../src/devices/midi-backend/node.ts'

/** A machine's MIDI, as a library for Node shows it. */
export type FakeMidiBackend = {
  readonly backend: MidiBackend
  plugIn(kind: 'input' | 'output', name: string): void
  unplug(kind: 'input' | 'output', name: string): void
  /** Bytes come in; the system says how long after the ones before. */
  play(input: string, bytes: readonly number[], sinceLastSeconds?: number): void
  /** What outputs were sent, by what they were opened as. */
  sent(output: string): number[][]
  /** What is open, a word each. */
  opened(): string[]
  /** A port that another program holds: it does not open. */
  held: string | null
}

/** What a port was opened as whose cable has been pulled since. */
const pulled = 'pulled'

/**
 * Makes a fake as strict as the real one: what has no port is silent, and stays so when the port comes back; what is gone
 * throws.
 *
 * @param readableAs what an output that is opened is called among the inputs, where a system lets what is sent be read;
 *   null on others.
 */
export function createFakeMidiBackend(readableAs: ((output: string) => string) | null = null): FakeMidiBackend {
  const names = { input: [] as string[], output: [] as string[] }
  const inputs = new Set<FakePort>()
  const all = new Set<FakePort>()
  const sent: { to: string; bytes: number[] }[] = []

  class FakePort extends EventEmitter {
    readonly kind: 'input' | 'output'
    open: string | null = null
    #isDestroyed = false
    constructor(kind: 'input' | 'output') {
      super()
      this.kind = kind
      all.add(this)
    }
    #check() {
      if (this.#isDestroyed) throw new Error('RtMidi not initialised')
    }
    getPortCount() {
      this.#check()
      return names[this.kind].length
    }
    getPortName(port: number) {
      this.#check()
      return names[this.kind][port] as string
    }
    openPort(port: number) {
      this.#check()
      const name = names[this.kind][port]
      if (name === undefined || name === fake.held) throw new Error('Failed to open port')
      this.open = name
      if (this.kind === 'output' && readableAs) names.input.push(readableAs(name))
    }
    openVirtualPort(name: string) {
      this.#check()
      this.open = `virtual ${name}`
    }
    destroy() {
      this.#check()
      this.#isDestroyed = true
      all.delete(this)
      inputs.delete(this)
    }
  }
  class Input extends FakePort {
    constructor() {
      super('input')
      inputs.add(this)
    }
    ignoreTypes() {}
  }
  class Output extends FakePort {
    constructor() {
      super('output')
    }
    sendMessage(bytes: number[]) {
      if (this.open === null || (!this.open.startsWith('virtual') && !names.output.includes(this.open))) {
        throw new Error('Failed to send message')
      }
      sent.push({ to: this.open, bytes })
      if (readableAs) fake.play(readableAs(this.open), bytes)
    }
  }
  const fake: FakeMidiBackend = {
    backend: { Input, Output },
    held: null,
    plugIn: (kind, name) => void names[kind].push(name),
    unplug(kind, name) {
      names[kind].splice(names[kind].indexOf(name), 1)
      if (names[kind].includes(name)) return
      for (const port of all) if (port.kind === kind && port.open === name) port.open = pulled
    },
    play(input, bytes, sinceLastSeconds = 0) {
      for (const port of inputs) if (port.open === input) port.emit('message', sinceLastSeconds, bytes)
    },
    sent: (output) => sent.filter(({ to }) => to === output).map(({ bytes }) => bytes),
    opened: () => [...all].flatMap(({ kind, open }) => (open === null || open === pulled ? [] : [`${kind} ${open}`])),
  }
  return fake
}
