import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askEveryMs, patience } from './protocol.ts'
import { openBridge, type Standing } from './web.ts'

/** A socket whose other end is in a test's hands. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1
  static all: FakeSocket[] = []
  readyState = 0
  readonly sent: { type: string }[] = []
  constructor() {
    super()
    FakeSocket.all.push(this)
  }
  send(frame: string) {
    this.sent.push(JSON.parse(frame))
  }
  /** As where the network is gone: nobody says goodbye. */
  close() {
    this.readyState = 2
  }
  open() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  take(message: object) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }))
  }
}

let wakeUps: (() => void)[] = []
class FakeWorker {
  onmessage = () => {}
  #wakeUp = () => this.onmessage()
  postMessage() {
    wakeUps.push(this.#wakeUp)
  }
  terminate() {
    wakeUps = wakeUps.filter((each) => each !== this.#wakeUp)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('location', { href: 'http://localhost:4404/' })
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('Worker', FakeWorker)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  FakeSocket.all = []
  wakeUps = []
})

/** A page whose host is there, with a keyboard. */
function page() {
  const changes: Standing[] = []
  const { ports } = openBridge('token', { begin() {}, receive() {} }, (standing) => changes.push(standing))
  const socket = FakeSocket.all[0] as FakeSocket
  socket.open()
  socket.take({ type: 'ports', inputs: ['Keys'], outputs: [] })
  const wake = (afterMs = askEveryMs) => {
    vi.advanceTimersByTime(afterMs)
    for (const wakeUp of wakeUps) wakeUp()
  }
  const isPlugged = () => ports.inputs()[0]?.connected
  return { socket, changes, wake, isPlugged }
}

describe('a page on a bridge', () => {
  it('takes a host that answers no more for lost, and tries again', () => {
    const { socket, changes, wake, isPlugged } = page()
    for (let asked = 0; asked < patience; asked++) wake()
    expect([changes, isPlugged(), socket.readyState]).toEqual([['open'], true, 1])
    wake()
    expect([changes, isPlugged(), socket.readyState]).toEqual([['open', 'lost'], false, 2])
    socket.dispatchEvent(new Event('close'))
    vi.advanceTimersByTime(60_000)
    expect([changes, FakeSocket.all.length, wakeUps]).toEqual([['open', 'lost'], 2, []])
  })

  it('keeps a host that answers, also where the page was too busy to hear it, or is woken seldom', () => {
    const { socket, changes, wake } = page()
    wake(10 * askEveryMs)
    for (let missed = 0; missed < 10; missed++) wake(0)
    socket.take({ type: 'pong', asked: 0, at: 0, unixMs: 0 })
    for (let minute = 0; minute < 10; minute++) {
      wake(60_000)
      socket.take({ type: 'pong', asked: 0, at: 0, unixMs: 0 })
    }
    expect(changes).toEqual(['open'])
    expect(socket.sent.filter(({ type }) => type === 'ping')).toHaveLength(12)
  })

  it.each([
    ['refused', 'a host that does not let it in', () => Promise.resolve(new Response(null, { status: 404 }))],
    ['lost', 'no host', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('is %s by %s', async (standing, _, fetched) => {
    vi.stubGlobal('fetch', fetched)
    const { socket, changes } = page()
    socket.readyState = 3
    socket.dispatchEvent(new Event('close'))
    vi.advanceTimersByTime(60_000)
    const [, next] = FakeSocket.all
    next?.dispatchEvent(new Event('close'))
    await vi.waitFor(() => expect(changes).toEqual(['open', 'lost', standing]))
  })
})
