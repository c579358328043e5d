import { createClockMatch } from './clock-match.ts'
import { createPageEnd, type OscEars, type PageEnd } from './page-end.ts'
import { bridgePath, protocolName, type ToHost } from './protocol.ts'

/** How long a page waits before it tries again, at first and at most, in milliseconds. */
const pausesMs = [250, 4000] as const

/** How often it asks for the time, in milliseconds. */
const askEveryMs = 2000

/** A host's MIDI, and its OSC. */
export type Bridge = Pick<PageEnd, 'ports' | 'sendOsc' | 'wallClock'>

/**
 * Opens what the host lends that serves this page, and goes on trying while it isn't there.
 *
 * @param token what the host has given to its pages.
 * @param changed told whether the host is there, whenever that changes.
 */
export function openBridge(token: string, ears: OscEars, changed: (isThere: boolean) => void): Bridge {
  const address = new URL(bridgePath, location.href)
  address.protocol = 'ws:'
  address.hash = ''
  let socket: WebSocket | null = null
  const tell = (message: ToHost) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }
  const end = createPageEnd(tell, createClockMatch(), ears)
  const connect = (pauseMs: number) => {
    const opening = new WebSocket(address, [protocolName, token])
    socket = opening
    let wasOpen = false
    let asking: ReturnType<typeof setInterval> | undefined
    opening.addEventListener('open', () => {
      wasOpen = true
      end.ask()
      asking = setInterval(end.ask, askEveryMs)
      changed(true)
    })
    opening.addEventListener('message', ({ data }) => end.take(data))
    opening.addEventListener('close', () => {
      clearInterval(asking)
      end.lose()
      changed(false)
      setTimeout(connect, pauseMs, wasOpen ? pausesMs[0] : Math.min(2 * pauseMs, pausesMs[1]))
    })
  }
  connect(pausesMs[0])
  return end
}
