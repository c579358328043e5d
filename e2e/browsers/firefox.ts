import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { findProgram, startProgram } from './programs.ts'
import { startSoundCard } from './sound-card.ts'
import type { RunningBrowser, Tab } from './tab.ts'

/** A command of WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), and what it resolves to. */
type Send = (method: string, params: object) => Promise<Record<string, unknown>>

/** Called with an event of WebDriver BiDi that was subscribed to. */
type OnEvent = (method: string, params: Record<string, unknown>) => void

/** An answer to a command, or an event, which has no number. */
type Message =
  | { readonly id: number; readonly type: string; readonly message?: string; readonly result: object }
  | { readonly id?: never; readonly method: string; readonly params: Record<string, unknown> }

/** A Firefox that is running. */
export type Firefox = RunningBrowser & {
  /** The number of its first process. */
  readonly pid: number
  readonly send: Send
  onEvent(heard: OnEvent): void
}

/** Starts Firefox without a screen, and drives it by WebDriver BiDi. */
export async function startFirefox(): Promise<Firefox> {
  const path = findProgram('Firefox', 'firefox-esr', ['firefox-esr', 'firefox'])
  const sound = await startSoundCard()
  const profile = await mkdtemp(join(tmpdir(), 'tradefours-firefox-'))
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank']
  const env = { ...process.env, ...sound.env }
  const program = await startProgram(path, args, { env, ready: /WebDriver BiDi listening on (ws:\S+)/ })
  const socket = new WebSocket(`${program.said}/session`)
  const listeners: OnEvent[] = []
  const send = await commands(socket, (...event) => {
    for (const heard of listeners) heard(...event)
  })
  await send('session.new', { capabilities: {} })
  return {
    pid: program.pid,
    send,
    onEvent: (heard) => listeners.push(heard),
    newTab: () => newTab(send),
    async close() {
      socket.close()
      await program.end()
      await sound.end()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A browser that takes longer to answer hangs. */
const patienceMs = 60_000

type Reply = Extract<Message, { id: number }>

async function commands(socket: WebSocket, onEvent: OnEvent): Promise<Send> {
  const waiting = new Map<number, (reply: Reply) => void>()
  socket.on('message', (bytes) => {
    const message: Message = JSON.parse(String(bytes))
    if (message.id === undefined) return onEvent(message.method, message.params)
    waiting.get(message.id)?.(message)
    waiting.delete(message.id)
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  let last = 0
  return (method, params) =>
    new Promise((resolve, reject) => {
      last++
      const timer = setTimeout(() => reject(new Error(`${method} has no answer.`)), patienceMs)
      waiting.set(last, ({ type, message, result }) => {
        clearTimeout(timer)
        if (type === 'error') reject(new Error(`${method}: ${message}`))
        else resolve(result as Record<string, unknown>)
      })
      socket.send(JSON.stringify({ id: last, method, params }))
    })
}

async function newTab(send: Send): Promise<Tab> {
  const { context } = await send('browsingContext.create', { type: 'tab' })
  const resize = async (width: number, height: number) => {
    await send('browsingContext.setViewport', { context, viewport: { width, height } })
  }
  await resize(1280, 720)
  const perform = (source: object) => send('input.performActions', { context, actions: [source] })
  return {
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send('script.evaluate', {
        expression,
        target: { context },
        awaitPromise: true,
      })
      if (exceptionDetails) throw new Error((exceptionDetails as { text: string }).text)
      return (result as { value: string }).value
    },
    async key(direction, value) {
      await perform({ type: 'key', id: 'keys', actions: [{ type: direction === 'down' ? 'keyDown' : 'keyUp', value }] })
    },
    async click(x, y) {
      const button = 0
      const actions = [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button },
        { type: 'pointerUp', button },
      ]
      await perform({ type: 'pointer', id: 'mouse', actions })
    },
    resize,
    async picture() {
      const { data } = await send('browsingContext.captureScreenshot', { context })
      return data as string
    },
    async close() {
      await send('browsingContext.close', { context })
    },
  }
}
