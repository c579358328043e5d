import { EventEmitter } from 'node:events'
import type { MidiBackend } from '../../src/devices/midi-backend/node.ts'

/** A machine's MIDI, as a library for Node shows it. */
export type FakeMidiBackend = {
  readonly backend: MidiBackend
  plugIn(kind: 'input' | 'output', name: string): void
  unplug(kind: 'input' | 'output', name: string): void
  /** Bytes come in. */
  play(input: string, bytes: readonly number[]): void
  /** What outputs were sent, by what they were opened as. */
  sent(output: string): number[][]
  /** What is open, a word each. */
  opened(): string[]
  /** A port that another program holds: it does not open. */
  held: string | null
}

/** Makes a fake as strict as the real one: what has no port is silent, and what is gone throws. */
export function createFakeMidiBackend(): FakeMidiBackend {
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
    }
  }
  const fake: FakeMidiBackend = {
    backend: { Input, Output },
    held: null,
    plugIn: (kind, name) => void names[kind].push(name),
    unplug: (kind, name) => void names[kind].splice(names[kind].indexOf(name), 1),
    play(input, bytes) {
      for (const port of inputs) if (port.open === input) port.emit('message', 0, bytes)
    },
    sent: (output) => sent.filter(({ to }) => to === output).map(({ bytes }) => bytes),
    opened: () => [...all].flatMap(({ kind, open }) => (open === null ? [] : [`${kind} ${open}`])),
  }
  return fake
}
