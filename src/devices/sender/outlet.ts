import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { encodeMidi, silencing } from '../midi/index.ts'
import { type BackendPlace, type MidiBackend, openPlace } from '../midi-backend/node.ts'

/** Where messages leave this machine, or this program. */
export type Place =
  | { readonly type: 'udp'; readonly address: string; readonly port: number }
  | ({ readonly type: 'midi' } & BackendPlace)
  /** A port of our own, which other programs connect to. */
  | { readonly type: 'virtual-midi'; readonly name: string }

/** A place that is open. It sends at once; what can't be sent is lost, and throws. */
export type Outlet = {
  send(bytes: Uint8Array): void
  close(): void
}

/** Opens what sends by UDP. All places share the sockets. */
export function createUdp(): { open(address: string, port: number): Outlet; close(): void } {
  const sockets = new Map<'udp4' | 'udp6', Socket>()
  const socketOf = (type: 'udp4' | 'udp6') => {
    const known = sockets.get(type)
    if (known) return known
    // Addresses are known already, so nothing is to be waited for: a message leaves before `send` returns.
    const lookup = (address: string, _: unknown, done: (error: null, address: string, family: number) => void) =>
      done(null, address, type === 'udp6' ? 6 : 4)
    const socket = createSocket({ type, lookup: lookup as never })
    // Nobody is there to receive it.
    socket.on('error', () => {})
    socket.bind()
    sockets.set(type, socket)
    return socket
  }
  return {
    open(address, port) {
      const socket = socketOf(isIPv6(address) ? 'udp6' : 'udp4')
      return { send: (bytes) => socket.send(bytes, port, address), close() {} }
    },
    close() {
      for (const socket of sockets.values()) socket.close()
    },
  }
}

/**
 * Opens a MIDI output. What still sounds there, because whoever sent before has died, is ended.
 *
 * @throws Error where it is gone, or another program holds it.
 */
export function openMidiOutlet({ Output }: MidiBackend, place: Extract<Place, { name: string }>): Outlet {
  const output = new Output()
  const send = (bytes: Uint8Array) => output.sendMessage([...bytes])
  try {
    if (place.type === 'midi') openPlace(output, place)
    else output.openVirtualPort(place.name)
    for (let channel = 1; channel <= 16; channel++) {
      for (const message of silencing(channel)) send(encodeMidi(message))
    }
  } catch (error) {
    output.destroy()
    throw error
  }
  return { send, close: () => output.destroy() }
}
