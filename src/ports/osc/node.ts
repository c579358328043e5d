import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { OscSend } from './osc-output.ts'
import { type OscMessage, readOsc } from './packet.ts'

/** Told of each message that comes in, with its time on `performance.now()`'s clock. */
export type OscListener = (message: OscMessage, timeStampMs: number) => void

/** A socket that is listened on, and perhaps one that sends. */
export type OscPort = {
  /** The port that is listened on. */
  readonly port: number
  /** Sends to whoever is sent to; to nobody, if none was named. */
  readonly send: OscSend
  /** How many parts of packets could not be read so far. */
  readonly refused: number
  end(): Promise<void>
}

/** Why a port does not open, as a sentence. */
export type OscTrouble = { readonly trouble: string }

/** Where packets go. */
export type OscAddress = { readonly host: string; readonly port: number }

/** ML-Jam's ports: where it is told what hands do, and where SuperCollider listens. */
export const mlJamPorts = { in: 12_345, out: 57_120 } as const

/** So many bytes of packets wait while this thread is busy; what comes beyond that is lost, as with any UDP. */
const waitingBytes = 1 << 20

/**
 * Listens for packets, on loopback unless another address is named.
 *
 * A packet costs a bounded time and nothing is kept of it, so that a flood slows nothing but itself.
 */
export async function openOscPort(
  { host = '127.0.0.1', port = mlJamPorts.in, to }: Partial<OscAddress> & { readonly to?: OscAddress },
  heard: OscListener,
): Promise<OscPort | OscTrouble> {
  let refused = 0
  const socket = createSocket({ type: typeOf(host), recvBufferSize: waitingBytes })
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
  const sender = to ? await openSender(to) : null
  if (to && !sender) {
    socket.close()
    return { trouble: `Nobody knows where ${to.host} is: see whether it is written right, or write its number.` }
  }
  return {
    port: socket.address().port,
    send: (bytes, timeStampMs) => sender?.send(bytes, timeStampMs),
    get refused() {
      return refused
    },
    async end() {
      sender?.end()
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

function typeOf(host: string): 'udp4' | 'udp6' {
  return host.includes(':') ? 'udp6' : 'udp4'
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

/** A socket that sends to one address. */
type Sender = { readonly send: OscSend; end(): void }

/** Opens a connected socket: so a packet is handed to the system at once, and nobody's name is looked up. */
async function openSender({ host, port }: OscAddress): Promise<Sender | null> {
  const socket = createSocket(typeOf(host))
  try {
    socket.connect(port, host)
    await once(socket, 'connect')
  } catch {
    socket.close()
    return null
  }
  // Nobody may be there yet.
  socket.on('error', () => {})
  const waiting = new Set<NodeJS.Timeout>()
  let ended = false
  const leave = (bytes: Uint8Array) => {
    if (!ended) socket.send(bytes)
  }
  return {
    send(bytes, timeStampMs = 0) {
      const ms = timeStampMs - performance.now()
      if (ms < 1) {
        leave(bytes)
        return
      }
      const timer = setTimeout(() => {
        waiting.delete(timer)
        leave(bytes)
      }, ms)
      waiting.add(timer)
    },
    end() {
      ended = true
      for (const timer of waiting) clearTimeout(timer)
      socket.close()
    },
  }
}
