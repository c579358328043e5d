import { type BackendPlace, loadMidiBackend, type MidiBackend, openPlace, placesOf } from '../midi-backend/node.ts'
import type { Sender, Target } from '../sender/node.ts'
import { createArrivalClock } from './arrival-clock.ts'
import { createMidiInput } from './input.ts'
import { createPortRegistry, type Named } from './port-registry.ts'
import type { MidiPorts, MidiTrouble } from './ports.ts'

/** The MIDI ports of this machine, until they are closed. */
export type NodeMidi = MidiPorts & {
  /** Looks whether ports have come or gone, or open that did not; that happens by itself anyway. */
  look(): void
  end(): void
}

/** What our own ports are called where other programs see them. */
const ownName = 'Tradefours'

/**
 * How often ports are counted, in milliseconds: a cable that is out for a moment is missed by no count, though it comes
 * back under the same name.
 */
const countEveryMs = 100

/** How many counts pass from one look at the names to the next: names cost more. */
const countsPerLook = 10

/** What a machine's MIDI is opened with. */
export type NodeMidiOptions = {
  readonly sender: Pick<Sender, 'open' | 'close' | 'send'>
  /** Receives, in a sentence, which port does not open. */
  readonly notify: (trouble: string) => void
  /** Brings the library: the optional package, unless a test brings its own. */
  readonly load?: () => Promise<MidiBackend>
  /** Whether the system knows ports of our own; all do but Windows. */
  readonly hasVirtualPorts?: boolean
}

/**
 * Opens the ports that this machine has, and an input and an output of our own, which other programs connect to. Other
 * outputs are opened when they are first sent something, for some systems let only one program at a time.
 *
 * @returns where there are none, the reason.
 */
export async function openNodeMidi({
  load = loadMidiBackend,
  ...options
}: NodeMidiOptions): Promise<NodeMidi | MidiTrouble> {
  let backend: MidiBackend
  try {
    backend = await load()
  } catch {
    return { trouble: 'MIDI needs the package @julusian/midi, which isn’t there: npm install @julusian/midi@3' }
  }
  try {
    return portsOf(backend, options)
  } catch {
    return { trouble: 'This system has no MIDI: on Linux, load its sequencer with "sudo modprobe snd-seq".' }
  }
}

/** An input: what opens it, and who listens to it. Some systems let it be opened only once. */
type In = {
  readonly name: string
  readonly open: (port: BackendInput) => void
  readonly listeners: Set<(bytes: Uint8Array, timeStampMs: number) => void>
  port: BackendInput | null
}
type BackendInput = InstanceType<MidiBackend['Input']>

/** An output: its name at the sender, and what opens it there. */
type Out = { readonly name: string; readonly target: Target; isOpen: boolean }

function portsOf(
  { Input, Output }: MidiBackend,
  { sender, notify, hasVirtualPorts = process.platform !== 'win32' }: Omit<NodeMidiOptions, 'load'>,
): NodeMidi {
  const [lookingIn, lookingOut] = [new Input(), new Output()]
  /** What did not open, which was reported: with each look it may try again, for who holds it may have let go. */
  const silent = new Set<In | Out>()
  let isOver = false
  const notifyOnce = (port: In | Out, trouble: string) => {
    if (!silent.has(port) && !isOver) notify(trouble)
    silent.add(port)
  }
  const opened = (from: In): BackendInput => {
    const port = new Input()
    // No system exclusive messages and no active sensing, but the clock.
    port.ignoreTypes(true, false, true)
    const arrival = createArrivalClock()
    port.on('message', (sinceLastSeconds, bytes) => {
      const timeStampMs = arrival(1000 * sinceLastSeconds, performance.now())
      for (const receive of from.listeners) receive(Uint8Array.from(bytes), timeStampMs)
    })
    try {
      from.open(port)
      silent.delete(from)
    } catch {
      notifyOnce(from, `The MIDI input ${from.name} stays silent: see whether another program holds it.`)
    }
    return port
  }
  const { plug, ...ports } = createPortRegistry<In, Out>({
    listen(from, id, listener) {
      const input = createMidiInput((message, timeStampMs) => listener(message, timeStampMs, id))
      const { receive } = input
      from.port ??= opened(from)
      from.listeners.add(receive)
      return () => {
        from.listeners.delete(receive)
        if (from.listeners.size === 0) {
          from.port?.destroy()
          from.port = null
        }
        input.letGo(performance.now())
      }
    },
    send(to, bytes, timeStampMs) {
      if (!to.isOpen) open(to)
      sender.send(to.name, bytes, timeStampMs)
    },
  })
  const open = (to: Out) => {
    to.isOpen = true
    void sender.open(to.name, to.target).then((trouble) => {
      if (!trouble) silent.delete(to)
      else if (to.isOpen) notifyOnce(to, trouble)
    })
  }
  const closed = (to: Out) => {
    to.isOpen = false
    silent.delete(to)
    sender.close(to.name)
  }
  const tryAgain = () => {
    for (const port of silent) {
      if ('isOpen' in port) port.isOpen = false
      else if (port.port) {
        port.port.destroy()
        port.port = opened(port)
      } else silent.delete(port)
    }
  }
  const inOf = (name: string, open: In['open']): In => ({ name, open, listeners: new Set(), port: null })
  const inputs = createShelf((place) => inOf(place.name, (port) => openPlace(port, place)))
  const outputs = createShelf((place): Out => {
    return { name: `MIDI ${place.name} ${place.nth}`, target: { type: 'midi', ...place }, isOpen: false }
  })
  const ownIn = inOf(ownName, (port) => port.openVirtualPort(ownName))
  const ownOut: Out = { name: ownName, target: { type: 'virtual-midi', name: ownName }, isOpen: false }
  const own = <Port>(port: Port): Named<Port>[] => (hasVirtualPorts ? [[ownName, port]] : [])

  /** Returns whether anything is not as it was. */
  const fill = () => {
    const haveChanged = inputs.fill(placesOf(lookingIn))
    return outputs.fill(placesOf(lookingOut), closed) || haveChanged
  }
  const plugAll = () => plug([...own(ownIn), ...inputs.named()], [...own(ownOut), ...outputs.named()])
  fill()
  plugAll()
  if (hasVirtualPorts) open(ownOut)
  const look = () => {
    if (fill()) plugAll()
    tryAgain()
  }
  const countNow = () => `${lookingIn.getPortCount()} ${lookingOut.getPortCount()}`
  let counted = countNow()
  let counts = 0
  const timer = setInterval(() => {
    try {
      const before = counted
      counted = countNow()
      counts = (counts + 1) % countsPerLook
      if (counted !== before || counts === 0) look()
    } catch {
      // A system that gives no answer now may give one in a moment.
    }
  }, countEveryMs)
  return {
    ...ports,
    look,
    end() {
      isOver = true
      clearInterval(timer)
      plug([], [])
      for (const port of [lookingIn, lookingOut]) port.destroy()
    },
  }
}

/**
 * Ports of a kind that a library shows, each the same object for as long as it is there. When one of several with the same
 * name comes or goes, nobody knows which it was: all of that name count as new then.
 */
function createShelf<Port>(make: (place: BackendPlace) => Port) {
  let ports = new Map<string, { readonly place: BackendPlace; readonly port: Port }>()
  return {
    /** Fills the list with those that are there. Returns whether it has changed. */
    fill(places: readonly BackendPlace[], gone: (port: Port) => void = () => {}): boolean {
      const theirs = places.filter(({ name }) => !name.includes(ownName))
      const count = (name: string) => theirs.filter((place) => place.name === name).length
      const now = new Map(theirs.map((place) => [`${place.nth} of ${count(place.name)} ${place.name}`, place]))
      const isSame = now.size === ports.size && [...now.keys()].every((key) => ports.has(key))
      for (const [key, { port }] of ports) if (!now.has(key)) gone(port)
      ports = new Map([...now].map(([key, place]) => [key, ports.get(key) ?? { place, port: make(place) }]))
      return !isSame
    },
    named: (): Named<Port>[] => [...ports.values()].map(({ place, port }) => [readable(place.name), port]),
  }
}

/** A name without the numbers that ALSA gives for the time that a port is plugged in. */
function readable(name: string): string {
  return name.replace(/ \d+:\d+$/, '') || 'MIDI'
}
