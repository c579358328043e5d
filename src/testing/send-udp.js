/** UDP for tests and benchmarks, as most programs send it: by the timers of the thread that plays. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/**
 * Opens a socket that sends to a port of this machine, each packet at its moment of `performance.now()`'s clock; unless
 * given, at once. What waits when it is ended is lost.
 */
export async function openUdp(/** @type {number} */ port) {
  const socket = createSocket('udp4')
  socket.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  // Nobody may be there yet.
  socket.on('error', () => {})
  /** @type {Set<NodeJS.Timeout>} */
  const waiting = new Set()
  return {
    send(/** @type {Uint8Array} */ bytes, timeStampMs = 0) {
      const ms = timeStampMs - performance.now()
      if (ms < 1) {
        socket.send(bytes)
        return
      }
      const timer = setTimeout(() => {
        waiting.delete(timer)
        socket.send(bytes)
      }, ms)
      waiting.add(timer)
    },
    end() {
      for (const timer of waiting) clearTimeout(timer)
      socket.close()
    },
  }
}
