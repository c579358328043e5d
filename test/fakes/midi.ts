/** What an output was sent. Times are on `performance.now()`'s clock. */
export type Sent = {
  readonly bytes: readonly number[]
  /** When it is to leave; 0 for at once. */
  readonly timeStamp: number
  readonly sentAt: number
}

/** A machine's MIDI, as a browser shows it, with hands on its inputs and ears on its outputs. */
export type FakeMidi = {
  /** What stands in for the navigator's. */
  requestMIDIAccess(options?: MIDIOptions): Promise<MIDIAccess>
  /** What stands in for the permissions'. */
  queryPermission(): Promise<EventTarget & { readonly state: PermissionState }>
  /** Whether pages may have MIDI; null where the browser doesn't say. To be set before a page opens. */
  permission: PermissionState | null
  /** The user allows it, in the browser's own settings. */
  allow(): void
  /** What pages have asked for. */
  readonly asked: readonly (MIDIOptions | undefined)[]
  /** The name of the error that asking ends with, such as `NotAllowedError`. */
  refusal: string | null
  plugIn(kind: 'input' | 'output', name: string): void
  unplug(kind: 'input' | 'output', name: string): void
  /** Bytes come in. */
  play(input: string, bytes: readonly number[], timeStamp?: number): void
  /** What an output was sent so far, in the order in which it was. */
  sent(output: string): readonly Sent[]
  /** The same, which is forgotten then: what plays for long would fill the memory. */
  takeSent(output: string): readonly Sent[]
}

/**
 * Makes a fake of what browsers have, and headless ones refuse. It is as strict as Chrome: inputs are silent before they
 * are opened, outputs take whole messages and nothing that wants a permission, and none where they are unplugged.
 *
 * It knows nothing of this module, so that its own text can be run in a page: {@link fakeMidiScript}.
 */
export function createFakeMidi(): FakeMidi {
  class Port extends EventTarget {
    state = 'connected'
    connection = 'closed'
    readonly sent: Sent[] = []
    readonly type: string
    readonly name: string
    readonly id: string
    constructor(type: string, name: string, id: string) {
      super()
      this.type = type
      this.name = name
      this.id = id
    }

    async open() {
      if (this.state === 'disconnected') throw new DOMException('The port is gone.', 'InvalidAccessError')
      this.connection = 'open'
      return this
    }

    send(data: Iterable<number>, timeStamp = 0) {
      if (this.state === 'disconnected') throw new DOMException('The port is gone.', 'InvalidStateError')
      const bytes = [...data]
      if (bytes.includes(0xf0)) throw new DOMException('No system exclusive messages.', 'InvalidAccessError')
      const first = bytes[0] ?? 0
      const isByte = (byte: number) => Number.isInteger(byte) && byte >= 0 && byte <= 255
      if (first < 0x80 || !bytes.every(isByte)) throw new TypeError('No whole message.')
      if (!Number.isFinite(timeStamp)) throw new TypeError('No time.')
      this.sent.push({ bytes, timeStamp, sentAt: performance.now() })
    }
  }

  const ports: Port[] = []
  const accesses: EventTarget[] = []
  const permissions: EventTarget[] = []
  const asked: (MIDIOptions | undefined)[] = []
  const find = (type: string, name: string) => {
    const port = ports.find((each) => each.type === type && each.name === name && each.state === 'connected')
    if (!port) throw new Error(`There is no ${type} ${name}.`)
    return port
  }
  const change = (port: Port, state: string) => {
    port.state = state
    port.connection = 'closed'
    for (const access of accesses) access.dispatchEvent(Object.assign(new Event('statechange'), { port }))
  }
  const plugged = (type: string) => {
    const mine = ports.filter((port) => port.type === type && port.state === 'connected')
    return new Map(mine.map((port) => [port.id, port]))
  }

  const midi: FakeMidi = {
    permission: 'prompt',
    async queryPermission() {
      if (midi.permission === null) throw new TypeError('No such permission.')
      const permission = new EventTarget()
      Object.defineProperty(permission, 'state', { get: () => midi.permission })
      permissions.push(permission)
      return permission as EventTarget & { readonly state: PermissionState }
    },
    allow() {
      midi.permission = 'granted'
      midi.refusal = null
      for (const permission of permissions) permission.dispatchEvent(new Event('change'))
    },
    asked,
    refusal: null,
    async requestMIDIAccess(options) {
      asked.push(options)
      if (midi.refusal) throw new DOMException('No.', midi.refusal)
      const access = new EventTarget()
      accesses.push(access)
      Object.defineProperty(access, 'inputs', { get: () => plugged('input') })
      Object.defineProperty(access, 'outputs', { get: () => plugged('output') })
      return access as MIDIAccess
    },
    plugIn(type, name) {
      const gone = ports.find((each) => each.type === type && each.name === name && each.state === 'disconnected')
      const port = gone ?? new Port(type, name, `${type} ${ports.length}`)
      if (!gone) ports.push(port)
      change(port, 'connected')
    },
    unplug: (type, name) => change(find(type, name), 'disconnected'),
    play(input, bytes, timeStamp = performance.now()) {
      const port = find('input', input)
      if (port.connection !== 'open') return
      const event = new Event('midimessage')
      Object.defineProperties(event, { data: { value: Uint8Array.from(bytes) }, timeStamp: { value: timeStamp } })
      port.dispatchEvent(event)
    },
    sent: (output) =>
      ports.filter(({ type, name }) => type === 'output' && name === output).flatMap(({ sent }) => sent),
    takeSent: (output) =>
      ports
        .filter(({ type, name }) => type === 'output' && name === output)
        .flatMap(({ sent }) => sent.splice(0, sent.length)),
  }
  return midi
}

/** Puts a fake into a page before anything else runs there; tests reach it as `fakeMidi`. */
export const fakeMidiScript = `{
  const midi = (${createFakeMidi})()
  Object.defineProperty(navigator, 'requestMIDIAccess', { value: midi.requestMIDIAccess, configurable: true })
  const query = navigator.permissions.query.bind(navigator.permissions)
  navigator.permissions.query = (wanted) => (wanted.name === 'midi' ? midi.queryPermission() : query(wanted))
  globalThis.fakeMidi = midi
}`
