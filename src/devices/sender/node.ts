/**
 * `devices/sender`: sends messages at their moments, by UDP and MIDI, from a thread that does nothing else: neither garbage
 * nor a model nor a screen in the main thread makes a note late.
 */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Worker } from 'node:worker_threads'
import { createGauge, type Gauge, sharedGaugeMemory } from '../gauge.ts'
import type { Place } from './outlet.ts'
import { clockZero, type Opened, type Order, orders, type Report, type SenderStart } from './protocol.ts'
import { createRing } from './ring.ts'

/** Where messages are sent: a host's port, a MIDI output, or one of our own, which other programs connect to. */
export type Target =
  | { readonly type: 'udp'; readonly host: string; readonly port: number }
  | Exclude<Place, { type: 'udp' }>

/** How a sender keeps its promises, counted since it began. */
export type SenderDiagnostics = {
  /** Milliseconds from when messages were due until they had been sent. */
  readonly lateness: Gauge
  /** Messages that were not taken: too long, too many at once, or nobody there to send them. */
  readonly refused: number
  /** How often a worker that died has been replaced. */
  readonly restarts: number
}

/** Sends messages at their moments. None of its functions throws, and only `open` and `end` are to be waited for. */
export type Sender = {
  /**
   * Opens a target under a name; one that had the name before is closed. What is sent meanwhile leaves when it is open,
   * but for a host whose address has to be asked for: that loses it.
   *
   * @returns null once it is open, or a sentence that says why it isn't.
   */
  open(name: string, target: Target): Promise<string | null>
  close(name: string): void
  /**
   * Sends a message to a target, at a moment of `performance.now()`'s clock; unless given, at once. Messages of the same
   * moment leave in the order in which they were sent.
   */
  send(name: string, bytes: Uint8Array, timeStampMs?: number): void
  readonly diagnostics: SenderDiagnostics
  /** Sends what is due within a second, closes everything, and is done. */
  end(): Promise<void>
}

const script = new URL('./sender-worker.js', import.meta.url)

/** Long after everything must have been sent, a worker is ended that does not end itself; in milliseconds. */
const patience = 3000

/**
 * Starts a sender. It does not keep the process alive by itself.
 *
 * @param spawn starts the worker; a test looks over its shoulder.
 */
export function createSender(
  spawn: (start: SenderStart) => Worker = (workerData) => new Worker(script, { workerData }),
): Sender {
  const memory = sharedGaugeMemory()
  const lateness = createGauge(memory)
  const ring = createRing()
  const zero = clockZero()
  const places = new Map<string, Opened>()
  const opening = new Map<number, (trouble: string | null) => void>()
  let ids = 0
  let restarts = 0
  let isOver = false
  /** Null while there is none, because it died before it had begun. */
  let worker: Worker | null = start()

  function start(): Worker {
    const started = spawn({ ring: ring.memory, lateness: memory, zero, places: [...places.values()] })
    let isReady = false
    started.unref()
    started.on('message', (report: Report) => {
      if (report.type === 'ready') isReady = true
      else answer(report.id, report.trouble)
    })
    // What it was is of no use: a replacement comes, or everything is refused.
    started.on('error', () => {})
    started.on('exit', () => {
      if (isOver) return
      worker = isReady ? start() : null
      if (worker) restarts++
      else giveUp()
    })
    return started
  }
  const put = (place: number, bytes: Uint8Array, due: number) => {
    if (isOver || !worker) ring.refuse()
    else ring.put({ due, place, bytes })
  }
  const order = (given: Order) => put(orders, new TextEncoder().encode(JSON.stringify(given)), 0)
  const answer = (id: number, trouble: string | null) => {
    opening.get(id)?.(trouble)
    opening.delete(id)
  }
  const giveUp = () => {
    for (const id of opening.keys()) answer(id, gone)
  }
  const close = (name: string) => {
    const open = places.get(name)
    if (!open) return
    places.delete(name)
    order({ type: 'close', id: open.id })
    answer(open.id, 'It has been closed.')
  }
  return {
    async open(name, target) {
      const place = target.type === 'udp' && isIP(target.host) === 0 ? await find(target) : known(target)
      if (typeof place === 'string') return place
      if (!worker || isOver) return gone
      close(name)
      const id = ids++
      places.set(name, { id, place })
      order({ type: 'open', id, place })
      return new Promise((resolve) => opening.set(id, resolve))
    },
    close,
    send(name, bytes, timeStampMs = performance.now()) {
      const open = places.get(name)
      // What has no time that could be waited for is for at once.
      if (open) put(open.id, bytes, Number.isFinite(timeStampMs) ? timeStampMs : performance.now())
    },
    diagnostics: {
      lateness,
      get refused() {
        return ring.refused
      },
      get restarts() {
        return restarts
      },
    },
    async end() {
      if (isOver || !worker) return
      const ended = new Promise((resolve) => worker?.once('exit', resolve))
      order({ type: 'end' })
      isOver = true
      giveUp()
      worker.ref()
      const killed = setTimeout(() => void worker?.terminate(), patience)
      await ended
      clearTimeout(killed)
    },
  }
}

/** A target that needs no asking. */
function known(target: Target): Place {
  return target.type === 'udp' ? { type: 'udp', address: target.host, port: target.port } : target
}

/** Asks for a host's address: the older kind where it has both, for that is where programs for music listen. */
async function find({ host, port }: Extract<Target, { type: 'udp' }>): Promise<Place | string> {
  try {
    const addresses = await lookup(host, { all: true })
    const { address } = addresses.find(({ family }) => family === 4) ?? (addresses[0] as { address: string })
    return { type: 'udp', address, port }
  } catch {
    return `The host ${host} can't be found: check its name and the network.`
  }
}

const gone = 'Nothing can be sent any more: start Tradefours again.'
