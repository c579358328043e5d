import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect } from 'vitest'
import type { OscMessage } from '../src/devices/osc/index.ts'

// The compiled sources, which hosts run: to import the others would cost more than a host.
const { readOsc, writeOsc }: typeof import('../src/devices/osc/index.ts') = await import(
  new URL('../dist/devices/osc/index.js', import.meta.url).href
)
const { readPerformance }: typeof import('../src/session/index.ts') = await import(
  new URL('../dist/session/index.js', import.meta.url).href
)

/** The command, as it is installed. */
export const tradefours = fileURLToPath(new URL('../bin/tradefours.js', import.meta.url))

/** Waits for what is to come, on however slow a machine. */
export const soon = <Found>(look: () => Found) => expect.poll(look, { timeout: 30_000, interval: 20 })

/** Hosts that store in a folder of their test's; they are killed after it. */
export function hosts() {
  let folder = ''
  const running: ChildProcess[] = []
  const sockets: Socket[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'host-'))
  })

  afterEach(async () => {
    for (const host of running.splice(0)) if (host.exitCode === null) host.kill('SIGKILL')
    for (const socket of sockets.splice(0)) socket.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function openSocket(): Promise<Socket> {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    sockets.push(socket)
    return socket
  }

  async function freePort(): Promise<number> {
    const socket = await openSocket()
    const { port } = socket.address()
    sockets.splice(sockets.indexOf(socket), 1)
    socket.close()
    await once(socket, 'close')
    return port
  }

  /** A host that stores in this test's folder, and a program that exchanges OSC with it. */
  async function openHost(...args: string[]) {
    const [other, port] = [await openSocket(), await freePort()]
    const received: OscMessage[] = []
    other.on('message', (packet) => received.push(...readOsc(packet).messages))
    const osc = ['--osc', `127.0.0.1:${other.address().port}`, '--osc-in', `127.0.0.1:${port}`]
    const process_ = spawn(process.execPath, [tradefours, 'host', '--no-midi', ...osc, '--keep', folder, ...args])
    running.push(process_)
    let err = ''
    process_.stderr.on('data', (part) => {
      err += part
    })
    const send = (address: string, types = '', ...values: (number | string)[]) =>
      other.send(writeOsc([{ address, types, values }]), port, '127.0.0.1')
    const last = (address: string) => received.findLast((message) => message.address === address)?.values[0]
    await soon(() => {
      send('/tradefours/tell')
      return last('/tradefours/state/metre')
    }).toBeDefined()
    return { received, send, last, process: process_, errors: () => err }
  }

  const files = async (ending: string) => (await readdir(folder)).filter((file) => file.endsWith(ending))
  const storedEvents = async () =>
    readPerformance(await readFile(join(folder, (await files('.tradefours'))[0] ?? ''), 'utf8')).events

  async function storedEventsSoon() {
    await soon(async () => (await storedEvents()).length).toBeGreaterThan(0)
    return await storedEvents()
  }
  return {
    /** Where this test's hosts store. */
    get folder() {
      return folder
    },
    running,
    openSocket,
    freePort,
    openHost,
    files,
    storedEvents,
    storedEventsSoon,
  }
}
