import { wakeEvery } from '../clock/web.ts'
import { createClockMatch } from './clock-match.ts'
import { createPageEnd, type OscReceiver, type PageEnd } from './page-end.ts'
import { askEveryMs, bridgePath, patience, protocolName, type ToHost } from './protocol.ts'

/** How long a page waits before it tries again, at first and at most, in milliseconds. */
const pausesMs = [250, 4000] as const

/** A host's MIDI, and its OSC. */
export type Bridge = Pick<PageEnd, 'ports' | 'sendOsc' | 'wallClock'>

/** How a page stands with its host: a host that is there may have a newer address, and refuse this page. */
export type Standing = 'open' | 'lost' | 'refused'

/**
 * Opens what the host lends that serves this page, and goes on trying while it isn't there.
 *
 * @param token what the host has given to its pages.
 * @param changed called with how the page stands with the host, after each try and whenever that changes.
 */
export function openBridge(token: string, osc: OscReceiver, changed: (standing: Standing) => void): Bridge {
  const address = new URL(bridgePath, location.href)
  address.protocol = 'ws:'
  address.hash = ''
  let socket: WebSocket | null = null
  const send = (message: ToHost) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }
  const end = createPageEnd(send, createClockMatch(), osc)
  const connect = (pauseMs: number) => {
    const opening = new WebSocket(address, [protocolName, token])
    socket = opening
    let wasOpen = false
    let stopAsking = () => {}
    let unanswered = 0
    let askedAt = 0
    const ask = () => {
      askedAt = performance.now()
      unanswered++
      end.ask()
    }
    const lose = () => {
      if (socket !== opening) return
      socket = null
      stopAsking()
      end.lose()
      if (wasOpen) changed('lost')
      else {
        void isServed(address).then((isThere) => {
          if (socket?.readyState !== WebSocket.OPEN) changed(isThere ? 'refused' : 'lost')
        })
      }
      setTimeout(connect, pauseMs, wasOpen ? pausesMs[0] : Math.min(2 * pauseMs, pausesMs[1]))
    }
    opening.addEventListener('open', () => {
      wasOpen = true
      ask()
      stopAsking = wakeEvery(askEveryMs, () => {
        // After a page was busy, all that it missed comes at once: the answers were no later than the questions.
        if (performance.now() - askedAt < askEveryMs / 2) return
        if (unanswered < patience) ask()
        else {
          opening.close()
          lose()
        }
      })
      changed('open')
    })
    opening.addEventListener('message', ({ data }) => {
      unanswered = 0
      end.receive(data)
    })
    opening.addEventListener('close', lose)
  }
  connect(pausesMs[0])
  return end
}

/** Whether a host is there at all: a browser does not say why a socket did not open. */
async function isServed(address: URL): Promise<boolean> {
  try {
    await fetch(address.pathname, { method: 'HEAD', cache: 'no-store' })
    return true
  } catch {
    return false
  }
}
