import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type OscMessage, readOsc } from './packet.ts'

/** Receives each message that comes in, with its time on `performance.now()`'s clock. */
export type OscListener = (message: OscMessage, timeStampMs: number) => void

/** A socket that is listened on. */
export type OscPort = {
  /** The port that is listened on. */
  readonly port: number
  /** How many parts of packets could not be read so far. */
  readonly refused: number
  end(): Promise<void>
}

/** Why a port does not open, as a sentence. */
export type OscTrouble = { readonly trouble: string }

/** Where packets go. */
export type OscAddress = { readonly host: string; readonly port: number }

/** ML-Jam's ports: where it hears what hands do, and where SuperCollider listens. */
export const mlJamPorts = { in: 12_345, out: 57_120 } as const

/** So many bytes of packets wait while this thread is busy; what comes beyond that is lost, as with any UDP. */
const waitingBytes = 1 << 20

/**
 * Listens for packets, on loopback unless another address is named.
 *
 * A packet costs a bounded time and nothing is kept of it, so that a flood slows nothing but itself.
 */
export async function openOscPort(
  { host = '127.0.0.1', port = mlJamPorts.in }: Partial<OscAddress>,
  heard: OscListener,
): Promise<OscPort | OscTrouble> {
  let refused = 0
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: waitingBytes })
  socket.on('message', (bytes) => {
    const timeStampMs = performance.now()
    const packet = readOsc(bytes)
    refused += packet.refused
    for (const message of packet.messages) heard(message, timeStampMs)
  })
  try {
    socket.bind(port, host)
    await once(socket, 'listening')
  } catch (error) {
    socket.close()
    return { trouble: sentence(error as NodeJS.ErrnoException, host, port) }
  }
  // What goes wrong with one packet is no reason to end.
  socket.on('error', () => {})
  return {
    port: socket.address().port,
    get refused() {
      return refused
    },
    async end() {
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

function sentence({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Another program listens on UDP port ${port} of ${host}: end it (an ML-Jam server, perhaps), or choose another port.`
  }
  if (code === 'EACCES') return `UDP port ${port} of ${host} is not allowed here: choose one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}: leave it out to listen on loopback.`
  }
  return `UDP port ${port} of ${host} does not open (${message}): choose another.`
}
