import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, it, vi } from 'vitest'
import type { createSender as CreateSender, Sender } from './node.ts'
import type { SenderStart } from './protocol.ts'

// Node runs JavaScript, so the worker is the compiled one; `npm test` has just made it.
const compiled = new URL('../../../dist/devices/sender/', import.meta.url)
const { createSender }: { createSender: typeof CreateSender } = await import(new URL('node.js', compiled).href)

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Somebody who listens, and what was heard, with its time. */
async function listener(): Promise<{ port: number; heard: { byte: number; at: number }[] }> {
  const socket: Socket = createSocket('udp4')
  const heard: { byte: number; at: number }[] = []
  socket.on('message', (bytes) => heard.push({ byte: bytes[0] as number, at: performance.now() }))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  closing.push(() => socket.close())
  return { port: socket.address().port, heard }
}

function sender(...how: Parameters<typeof CreateSender>): Sender {
  const made = createSender(...how)
  closing.push(() => made.end())
  return made
}

/** A sender to somebody who listens. */
async function pair(host = '127.0.0.1') {
  const { port, heard } = await listener()
  const made = sender()
  const trouble = await made.open('synth', { type: 'udp', host, port })
  const send = (byte: number, at?: number) => made.send('synth', Uint8Array.of(byte), at)
  return { sender: made, heard, send, trouble, bytes: () => heard.map(({ byte }) => byte) }
}

it('each message leaves at its moment and never before, and at once where none is given', async () => {
  const { send, heard, bytes, sender } = await pair()
  const now = performance.now()
  for (const [byte, wait] of [120, 40, 80, 40].entries()) send(byte, now + wait)
  send(9)
  await expect.poll(bytes).toEqual([9, 1, 3, 2, 0])
  for (const [index, wait] of [0, 40, 40, 80, 120].entries()) {
    expect(heard[index]?.at).toBeGreaterThanOrEqual(now + wait)
  }
  expect([sender.diagnostics.lateness.count, sender.diagnostics.refused]).toEqual([5, 0])
  expect(sender.diagnostics.lateness.quantile(0)).toBeGreaterThanOrEqual(0)
})

it('messages leave while this thread does something else', async () => {
  const made = sender()
  // A listener of its own thread, for this one is going to sleep.
  const heard = new Int32Array(new SharedArrayBuffer(4))
  const thread = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads')
    const socket = require('node:dgram').createSocket('udp4')
    socket.on('message', () => { Atomics.add(workerData, 0, 1); Atomics.notify(workerData, 0) })
    socket.bind(0, '127.0.0.1', () => parentPort.postMessage(socket.address().port))`,
    { eval: true, workerData: heard },
  )
  closing.push(() => thread.terminate())
  const [port] = await once(thread, 'message')
  await made.open('synth', { type: 'udp', host: '127.0.0.1', port })
  made.send('synth', Uint8Array.of(1), performance.now() + 30)
  made.send('synth', Uint8Array.of(2))
  for (const count of [0, 1]) expect(Atomics.wait(heard, 0, count, 30_000)).not.toBe('timed-out')
})

it('what does not fit is refused and counted, and what has no time that can be leaves at once', async () => {
  const { send, bytes, sender } = await pair()
  sender.send('synth', new Uint8Array(70_000))
  sender.send('nobody', Uint8Array.of(1))
  send(2, Number.NaN)
  send(3, Number.POSITIVE_INFINITY)
  await expect.poll(bytes).toEqual([2, 3])
  expect(sender.diagnostics.refused).toBe(1)
})

it('a host is found by its name, or a sentence says that it is not', async () => {
  const { send, bytes, trouble, sender } = await pair('localhost')
  send(1)
  await expect.poll(bytes).toEqual([1])
  expect(trouble).toBeNull()
  expect(await sender.open('far', { type: 'udp', host: 'nowhere.invalid', port: 9 })).toMatch(
    /nowhere\.invalid can't be/,
  )
})

it('a target that is closed is sent what came before that, and nothing of what was due later', async () => {
  const { send, bytes, sender } = await pair()
  send(1, performance.now() + 100)
  send(2)
  sender.close('synth')
  send(3)
  await sender.end()
  await expect.poll(bytes).toEqual([2])
})

it('at the end what is due soon is sent first, and what is far off is not', async () => {
  const { send, bytes, sender } = await pair()
  send(1, performance.now() + 200)
  send(2, performance.now() + 60_000)
  await sender.end()
  send(3)
  await expect.poll(bytes).toEqual([1])
  await sender.end()
  expect(sender.diagnostics.refused).toBe(1)
})

it('a worker that dies is replaced and counted, and its targets are open again', async () => {
  const { port, heard } = await listener()
  const workers: Worker[] = []
  const spawn = (workerData: SenderStart) => {
    const worker = new Worker(new URL('sender-worker.js', compiled), { workerData })
    workers.push(worker)
    return worker
  }
  const made = sender(spawn)
  await made.open('synth', { type: 'udp', host: '127.0.0.1', port })
  await workers[0]?.terminate()
  made.send('synth', Uint8Array.of(1))
  await expect.poll(() => heard).toHaveLength(1)
  expect([made.diagnostics.restarts, workers.length]).toEqual([1, 2])
})

it('a worker that never began is not replaced for ever: everything is refused, with a sentence', async () => {
  const spawn = vi.fn(() => new Worker('throw new Error("broken")', { eval: true }))
  const made = sender(spawn)
  expect(await made.open('synth', { type: 'udp', host: '127.0.0.1', port: 9 })).toMatch(/start Tradefours again\.$/)
  expect(spawn).toHaveBeenCalledTimes(1)
})

it('a MIDI output that is not there is a sentence, and never an exception', async () => {
  const trouble = await sender().open('synth', { type: 'midi', name: 'No such port', nth: 0 })
  expect(trouble).toMatch(/^No such port does not open: .*\.$/)
})
