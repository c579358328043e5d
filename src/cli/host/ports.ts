import type { MidiOutput, MidiPort, MidiPorts } from '../../devices/midi/index.ts'
import { usualChannels } from '../../devices/midi/index.ts'
import { type Track, tracks } from '../../session/index.ts'

/** The port of our own, which other programs connect to, where the system has such. */
export const ownPort = 'Tradefours'

/** Where a track is sent: to the output whose name has this in it, on a channel from 1 to 16. */
export type NamedRoute = { readonly part: string; readonly channel: number }

/**
 * Reads a route, such as `bass=Minilogue:2`; without a channel, the track's usual one.
 *
 * @throws RangeError with a sentence.
 */
export function parseRoute(text: string): [Track, NamedRoute] {
  const [, name = '', part = '', channel] = /^(\w+)=(.+?)(?::(\d+))?$/.exec(text) ?? []
  // Version 0.1 called the lead the solo.
  const track = tracks.find((each) => each === (name === 'solo' ? 'lead' : name))
  if (!track)
    throw new RangeError(`“${text}” is not a route: write it like bass=Minilogue:2, with one of ${tracks.join(', ')}.`)
  const number = channel === undefined ? usualChannels[track] : Number(channel)
  if (number < 1 || number > 16) throw new RangeError(`“${text}” has no channel from 1 to 16.`)
  return [track, { part, channel: number }]
}

/** The port whose name has a text in it, in whatever letters; the one that is connected first. */
function portNamed(ports: readonly MidiPort[], part: string): MidiPort | null {
  const alike = ports.filter(({ name }) => isNamed(name, part))
  return alike.find(({ connected }) => connected) ?? alike[0] ?? null
}

/** Tracks that are sent somewhere. */
type Routed = {
  /** The ids of the outputs that are used now, and there. */
  readonly outputs: ReadonlySet<string>
  end(): void
}

/** Sends tracks to outputs by parts of their names, whenever those are there. */
export function followRoutes(
  ports: Pick<MidiPorts, 'outputs' | 'onChange'>,
  output: Pick<MidiOutput, 'route'>,
  routes: ReadonlyMap<Track, NamedRoute>,
): Routed {
  const used = new Set<string>()
  const look = () => {
    used.clear()
    for (const [track, { part, channel }] of routes) {
      const port = portNamed(ports.outputs(), part)
      output.route(track, port && { output: port.id, channel })
      if (port?.connected) used.add(port.id)
    }
  }
  look()
  return { outputs: used, end: ports.onChange(look) }
}

/**
 * Listens to the inputs whose names have one of some texts in them, whenever they are there; to every one where no text is
 * given.
 *
 * @returns what ends it.
 */
export function followInputs(
  ports: Pick<MidiPorts, 'inputs' | 'onChange' | 'listen'>,
  parts: readonly string[],
  listener: Parameters<MidiPorts['listen']>[1],
): () => void {
  if (parts.length === 0) return ports.listen(null, listener)
  const listened = new Map<string, () => void>()
  const look = () => {
    for (const { id, name } of ports.inputs()) {
      if (!listened.has(id) && parts.some((part) => isNamed(name, part))) listened.set(id, ports.listen(id, listener))
    }
  }
  look()
  const unfollow = ports.onChange(look)
  return () => {
    unfollow()
    for (const end of listened.values()) end()
  }
}

/** Whether a port's name has a text in it, in whatever letters. */
function isNamed(name: string, part: string): boolean {
  return name.toLowerCase().includes(part.toLowerCase())
}
