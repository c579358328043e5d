import { setPriority } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { createGauge } from '../gauge.ts'
import { loadMidiBackend } from '../midi-backend/node.ts'
import { createUdp, type Outlet, openMidiOutlet, type Place } from './outlet.ts'
import { clockZero, type Opened, type Order, orders, type Report, type SenderStart } from './protocol.ts'
import { createQueue } from './queue.ts'
import { createRing, type RingMessage } from './ring.ts'

if (!parentPort) throw new Error('This file is a worker: start it with createSender.')
const port = parentPort

/** A sleeping thread wakes late by up to this, so it busy-waits the rest; in milliseconds. */
const spinMs = 0.2

/** With more milliseconds than this until the next message, the sockets get their turn. */
const spareMs = 2

/** The longest sleep, so that the sockets get their turn; in milliseconds. */
const napMs = 50

/** After the order to end, what is due within this many milliseconds is still sent. */
const lastMs = 1000

const start = workerData as SenderStart
const ring = createRing(start.ring)
const lateness = createGauge(start.lateness)
const shift = clockZero() - start.zero
const now = () => performance.now() + shift

const queue = createQueue()
const udp = createUdp()
const outlets = new Map<number, Outlet>()
let until = Number.POSITIVE_INFINITY

async function main(): Promise<void> {
  goFirst()
  report({ type: 'ready' })
  for (const opened of start.places) await open(opened)
  while (now() < until && queue.next <= until) {
    const came: RingMessage[] = []
    ring.drain((message) => came.push(message))
    for (const message of came) await accept(message)
    sendDue()
    if (queue.next - now() > spareMs) await setImmediate()
    const sleep = Math.min(queue.next - now() - spinMs, napMs)
    if (sleep > 0) ring.wait(sleep)
  }
  for (const outlet of outlets.values()) outlet.close()
  udp.close()
  port.close()
}

/** Only Linux gives a thread a priority of its own, and only to who may have it, such as users who make audio. */
function goFirst(): void {
  try {
    if (process.platform === 'linux') setPriority(0, -15)
  } catch {
    // It stays at the usual priority.
  }
}

async function accept(message: RingMessage): Promise<void> {
  if (message.place === orders) {
    // What came before an order leaves before it.
    sendDue()
    await obey(JSON.parse(new TextDecoder().decode(message.bytes)))
  } else if (!queue.add(message)) ring.refuse()
}

async function obey(order: Order): Promise<void> {
  if (order.type === 'end') until = now() + lastMs
  else if (order.type === 'open') await open(order)
  else close(order.id)
}

async function open({ id, place }: Opened): Promise<void> {
  close(id)
  try {
    outlets.set(id, await outletOf(place))
    report({ type: 'opened', id, trouble: null })
  } catch {
    const name = place.type === 'udp' ? place.address : place.name
    const trouble = `${name} does not open: see whether it is plugged in, and whether another program holds it.`
    report({ type: 'opened', id, trouble })
  }
}

async function outletOf(place: Place): Promise<Outlet> {
  if (place.type === 'udp') return udp.open(place.address, place.port)
  return openMidiOutlet(await loadMidiBackend(), place)
}

function close(id: number): void {
  outlets.get(id)?.close()
  outlets.delete(id)
}

function sendDue(): void {
  for (let message = queue.removeDue(now()); message; message = queue.removeDue(now())) {
    const outlet = outlets.get(message.place)
    if (!outlet) continue
    try {
      outlet.send(message.bytes)
    } catch {
      // A cable was pulled, or nobody is there.
    }
    lateness.add(now() - message.due)
  }
}

function report(what: Report): void {
  port.postMessage(what)
}

await main()
