import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type OscMessage, readOsc, type TimeTag, unixMsOf } from './packet.ts'
import { createWallClock } from './wall-clock.ts'

/** Receives each message when it counts, with its time on `performance.now()`'s clock. */
export type OscListener = (message: OscMessage, timeStampMs: number) => void

/** A socket that is listened on. */
export type OscPort = {
  /** The port that is listened on. */
  readonly port: number
  /** How many parts of packets could not be read or waited for so far. */
  readonly refused: number
  end(): Promise<void>
}

/** Why a port does not open, as a sentence. */
export type OscTrouble = { readonly trouble: string }

/** Where packets go. */
export type OscAddress = { readonly host: string; readonly port: number }

/** ML-Jam's ports: where it hears what hands do, and where SuperCollider listens. */
export const mlJamPorts = { in: 12_345, out: 57_120 } as const

/** How many bytes of packets wait while this thread is busy; what comes beyond that is lost, as with any UDP. */
const waitingBytes = 1 << 20

/** Nothing is waited for longer than this, in milliseconds. */
const longestWait = 60_000

/** The most messages that wait for their time. */
const mostWaiting = 4096

/**
 * Listens for packets, on loopback unless another address is named. A bundle with a time to come is waited for; one that is
 * late counts at once.
 *
 * @param notify receives, in a sentence, what can't be read or waited for: each reason once.
 * A packet costs a bounded time and nothing is kept of it, so that a flood slows nothing but itself.
 */
export async function openOscPort(
  { host = '127.0.0.1', port = mlJamPorts.in }: Partial<OscAddress>,
  heard: OscListener,
  notify: (sentence: string) => void = () => {},
): Promise<OscPort | OscTrouble> {
  const wallClock = createWallClock()
  const waiting = new Set<NodeJS.Timeout>()
  const said = new Set<string>()
  let refused = 0
  const refuse = (count: number, sentence: string) => {
    refused += count
    if (count === 0 || said.has(sentence)) return
    said.add(sentence)
    notify(sentence)
  }
  const wait = (message: OscMessage, at: number, now: number) => {
    if (at - now > longestWait) return refuse(1, farAhead)
    if (waiting.size >= mostWaiting) return refuse(1, tooMany)
    const timer = setTimeout(() => {
      waiting.delete(timer)
      heard(message, Math.min(at, performance.now()))
    }, at - now)
    waiting.add(timer)
  }
  /** The moment of a time tag, on `performance.now()`'s clock. */
  const momentOf = (time: TimeTag, now: number) => now + unixMsOf(time) - wallClock(now)
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: waitingBytes })
  socket.on('message', (bytes) => {
    const timeStampMs = performance.now()
    const packet = readOsc(bytes)
    refuse(packet.refused, unreadable)
    for (const { time, ...message } of packet.messages) {
      const at = time ? momentOf(time, timeStampMs) : timeStampMs
      if (at > timeStampMs) wait(message, at, timeStampMs)
      else heard(message, timeStampMs)
    }
  })
  try {
    socket.bind(port, host)
    await once(socket, 'listening')
  } catch (error) {
    socket.close()
    return { trouble: sentence(error as NodeJS.ErrnoException, host, port) }
  }
  // One bad packet must not end the process.
  socket.on('error', () => {})
  return {
    port: socket.address().port,
    get refused() {
      return refused
    },
    async end() {
      for (const timer of waiting) clearTimeout(timer)
      waiting.clear()
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

const unreadable = 'A packet that is no Open Sound Control was passed over: see what sends to this port.'
const farAhead =
  'A bundle for more than a minute ahead was passed over: set the clock of the machine that sent it, or send it later.'
const tooMany = `More than ${mostWaiting} messages wait for their times, so others were passed over: send them later.`

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
