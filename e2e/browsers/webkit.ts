import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { findProgram, startProgram } from './programs.ts'
import type { RunningBrowser, Tab } from './tab.ts'

/** A command of WebDriver (https://www.w3.org/TR/webdriver2/), and what it resolves to. */
type Send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>

const miniBrowsers = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`)

/** Starts WebKitGTK's own small browser on a screen that nobody sees, and drives it by WebDriver. */
export async function startWebKit(): Promise<RunningBrowser> {
  const path = findProgram('WebKitGTK’s driver', 'webkit2gtk-driver', ['WebKitWebDriver'])
  const binary = findProgram('WebKitGTK’s MiniBrowser', 'webkit2gtk-driver', miniBrowsers)
  const xvfb = findProgram('Xvfb', 'xvfb', ['Xvfb'])
  const screenArgs = ['-displayfd', '3', '-screen', '0', '2000x1300x24', '-nolisten', 'tcp']
  const screen = await startProgram(xvfb, screenArgs, { ready: /^(\d+)\n/m })
  const port = await freePort()
  const style = await narrowWindows()
  const env = { ...process.env, DISPLAY: `:${screen.said}`, XDG_CONFIG_HOME: style }
  const driver = await startProgram(path, ['-p', String(port)], { env })
  await answers(`http://127.0.0.1:${port}/status`)
  const send: Send = async (method, path, body) => {
    const signal = AbortSignal.timeout(60_000)
    const init = { method, signal, ...(body && { body: JSON.stringify(body) }) }
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, init)
    const { value } = (await reply.json()) as { value: { message?: string } }
    if (!reply.ok) throw new Error(`${path}: ${value.message}`)
    return value
  }
  return {
    newTab: () => newTab(send, { binary, args: ['--automation'] }),
    async close() {
      await driver.end()
      await screen.end()
      await rm(style, { recursive: true, force: true })
    },
  }
}

/** Makes a folder of settings by which a window may be as narrow as a phone: without room between the buttons of its bar. */
async function narrowWindows(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tradefours-webkit-'))
  await mkdir(join(folder, 'gtk-3.0'))
  await writeFile(join(folder, 'gtk-3.0', 'gtk.css'), '* { padding: 0 }')
  return folder
}

/** The driver says nothing when it is ready. */
async function answers(address: string): Promise<void> {
  while (!(await fetch(address).catch(() => null))) await setTimeout(50)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** A tab is a session of its own. */
async function newTab(send: Send, options: object): Promise<Tab> {
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } }
  const { sessionId } = (await send('POST', '/session', { capabilities })) as { sessionId: string }
  const session = `/session/${sessionId}`
  const perform = (source: object) => send('POST', `${session}/actions`, { actions: [source] })
  const evaluate = async (expression: string) => {
    const script = `const done = arguments[0]
      Promise.resolve(${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }))`
    const { value, error } = (await send('POST', `${session}/execute/async`, { script, args: [] })) as {
      value: string
      error?: string
    }
    if (error !== undefined) throw new Error(error)
    return value
  }
  const setSize = (width: number, height: number) => send('POST', `${session}/window/rect`, { width, height })
  await setSize(1280, 720)
  // What the window shows above its page.
  const frame = 720 - Number(await evaluate('String(innerHeight)'))
  const resize = async (width: number, height: number) => {
    await setSize(width, height + frame)
    while ((await evaluate('String([innerWidth, innerHeight])')) !== `${width},${height}`) await setTimeout(20)
  }
  await resize(1280, 720)
  return {
    async open(url) {
      await send('POST', `${session}/url`, { url })
    },
    evaluate,
    async key(direction, value) {
      await perform({ type: 'key', id: value, actions: [{ type: direction === 'down' ? 'keyDown' : 'keyUp', value }] })
    },
    async click(x, y) {
      const button = 0
      const actions = [
        { type: 'pointerMove', x, y, duration: 0 },
        { type: 'pointerDown', button },
        { type: 'pointerUp', button },
      ]
      await perform({ type: 'pointer', id: 'mouse', actions })
    },
    resize,
    picture: async () => (await send('GET', `${session}/screenshot`)) as string,
    async close() {
      await send('DELETE', session)
    },
  }
}
