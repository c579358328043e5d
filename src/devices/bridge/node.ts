/**
 * `devices/bridge`: a host's MIDI and OSC, lent to a page in a browser that has neither, over a WebSocket. `node.ts` is the
 * host's side, `web.ts` the page's.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { createHostEnd, type Lent } from './host-end.ts'
import { askEveryMs, bridgePath, longestFrame, patience, protocolName } from './protocol.ts'

/** A bridge that pages come over. */
export type Bridge = {
  /** How many pages are on it. */
  readonly pages: number
  /** How many frames, and visitors, were refused. */
  readonly refused: number
  end(): void
}

/** What pages may do. Past it they are cut off: no player comes near it. */
export const most = { pages: 8, framesASecond: 4000, waitingBytes: 1 << 20 } as const

/**
 * Lends what a host has to pages of a server. Only its own pages are let in, from the same origin and with the token;
 * everybody else is refused before a socket is opened. A page that sends what makes no sense, or too much, is cut off, and
 * so is one that answers no more, for its machine may have lost the network; whatever it has left sounding ends.
 *
 * @param isOurs whether a server answers to this value of the header Host.
 */
export function openBridge(
  server: Server,
  lent: Lent,
  token: string,
  isOurs: (host: string | undefined) => boolean,
): Bridge {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: longestFrame,
    perMessageDeflate: false,
    handleProtocols: () => protocolName,
  })
  let refused = 0
  /** What ends each page's stay. */
  const stays = new Set<() => void>()
  const mayEnter = ({ url, headers }: IncomingMessage) => {
    const [protocol, key = ''] = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim())
    return (
      isOurs(headers.host) &&
      headers.origin === `http://${headers.host}` &&
      url === bridgePath &&
      protocol === protocolName &&
      isSame(key, token) &&
      sockets.clients.size < most.pages
    )
  }
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Whoever hangs up in the middle is nobody's trouble.
    socket.on('error', () => {})
    if (mayEnter(request)) sockets.handleUpgrade(request, socket, head, (page) => welcome(page))
    else {
      refused++
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    }
  }
  const welcome = (page: WebSocket) => {
    const end = createHostEnd(lent, (message) => {
      // A page that has fallen asleep must not fill this machine's memory.
      if (page.bufferedAmount > most.waitingBytes) page.terminate()
      else if (page.readyState === page.OPEN) page.send(JSON.stringify(message))
    })
    const mayGoOn = createLimit(most.framesASecond)
    let unanswered = 0
    // The browser answers by itself, however slow a page in the background is.
    const asking = setInterval(() => {
      if (unanswered++ < patience) page.ping()
      else leave()
    }, askEveryMs)
    // Its notes end at once: the socket may take its time to close.
    const leave = () => {
      if (!stays.delete(leave)) return
      clearInterval(asking)
      page.removeAllListeners('message')
      page.terminate()
      end.end()
    }
    const refuse = () => {
      refused++
      leave()
    }
    stays.add(leave)
    page.on('message', (data, isBinary) => {
      if (!mayGoOn() || !end.receive(isBinary ? null : String(data))) refuse()
    })
    page.on('pong', () => {
      unanswered = 0
    })
    page.on('error', refuse)
    page.on('close', leave)
  }
  server.on('upgrade', upgrade)
  return {
    get pages() {
      return sockets.clients.size
    },
    get refused() {
      return refused
    },
    end() {
      server.off('upgrade', upgrade)
      for (const leave of stays) leave()
      sockets.close()
    },
  }
}

/** Compares in a time that says nothing of where they differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** Says whether one more is allowed in this second. */
function createLimit(most: number): () => boolean {
  let began = performance.now()
  let count = 0
  return () => {
    const now = performance.now()
    if (now - began >= 1000) {
      began = now
      count = 0
    }
    return ++count <= most
  }
}
