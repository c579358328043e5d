/**
 * `node bench/host.js [minutes]`: how late a host's loop notes come by OSC, at a listener in another process: 7/8 at 180,
 * with bass, drums and click, while grooves are made without a pause and a soloist answers 12 keys a second. In the same
 * run the same notes are sent by plain timers of the main thread, as most programs do.
 *
 * Both processes measure on the system's monotonic clock, and each packet has its time on it.
 */
import { fork } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { build } from '../scripts/build.js'
import { quantile } from './quantile.js'

/** Milliseconds on the clock that all processes have in common. */
const now = () => Number(process.hrtime.bigint()) / 1e6

const tempo = 180
const ways = /** @type {const} */ (['the sender’s thread', 'timers of the main thread'])

if (process.send) await listen()
else await perform(Number(process.argv[2] ?? 30))

/** In a child: records when packets come, and reports when its parent asks. */
async function listen() {
  const { readOsc, unixMsOf } = await import('../dist/devices/osc/index.js')
  try {
    setPriority(-15) // So that packets are read when they come.
  } catch {}
  /** @type {Received[][]} */
  const received = ways.map(() => [])
  const ports = []
  for (const arrivals of received) {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
    socket.on('message', (bytes) => {
      const at = now()
      const address = readOsc(bytes).messages.at(-1)?.address ?? ''
      // A packet to be played at once, such as a key's note, has no time.
      if (isTimed(bytes)) arrivals.push({ at, due: unixMsOf([bytes.readUInt32BE(8), bytes.readUInt32BE(12)]), address })
    })
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    ports.push(socket.address().port)
  }
  process.send?.(ports)
  await once(process, 'message')
  process.send?.(received, () => process.exit())
}

/**
 * Opens a socket that sends as most programs do, by timers of the main thread: each packet at its time on
 * `performance.now()`'s clock, or at once. Packets that still wait at the end are lost.
 */
async function openTimers(/** @type {number} */ port) {
  const socket = createSocket('udp4')
  socket.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  // The listener may not be there yet.
  socket.on('error', () => {})
  /** @type {Set<NodeJS.Timeout>} */
  const waiting = new Set()
  return {
    send(/** @type {Uint8Array} */ bytes, timeStampMs = 0) {
      const ms = timeStampMs - performance.now()
      if (ms < 1) {
        socket.send(bytes)
        return
      }
      const timer = setTimeout(() => {
        waiting.delete(timer)
        socket.send(bytes)
      }, ms)
      waiting.add(timer)
    },
    end() {
      for (const timer of waiting) clearTimeout(timer)
      socket.close()
    },
  }
}

/** Whether a packet is a bundle with a time. */
function isTimed(/** @type {Buffer} */ bytes) {
  return bytes[0] === '#'.charCodeAt(0) && bytes.readUInt32BE(8) > 0
}

/** @typedef {{ at: number, due: number, address: string }} Received */

/** Plays in 7/8, and reports. @param {number} minutes */
async function perform(minutes) {
  build()
  const { createSoloist } = await import('../dist/improv/index.js')
  const { createModel } = await import('../dist/models/index.js')
  const { openCheckpoint } = await import('../dist/io/checkpoints/node.js')
  const { monotonicClock, wakeEvery } = await import('../dist/devices/clock/node.js')
  const { createModelClient, createSessionLoop, wakeMs } = await import('../dist/runtime/index.js')
  const { createOscOutput } = await import('../dist/devices/osc/index.js')
  const { clockZero } = await import('../dist/devices/sender/protocol.js')
  const { createSender } = await import('../dist/devices/sender/node.js')
  const { spawnNodeWorker } = await import('../dist/runtime/worker/node.js')

  const listener = fork(import.meta.filename)
  const [ports] = await once(listener, 'message')
  const sender = createSender()
  const place = { host: '127.0.0.1', port: ports[0] }
  const trouble = await sender.open('osc', { type: 'udp', ...place })
  const plain = await openTimers(ports[1])
  if (trouble) throw new Error('The sockets do not open.')

  const zero = clockZero()
  const sent = ways.map(() => 0)
  const outputs = ways.map((_, way) =>
    createOscOutput(
      (bytes, timeStampMs) => {
        if (isTimed(Buffer.from(bytes))) sent[way]++
        if (way === 0) sender.send('osc', bytes, timeStampMs)
        else plain.send(bytes, timeStampMs)
      },
      monotonicClock,
      (timeStampMs) => timeStampMs + zero,
    ),
  )
  const models = createModelClient(spawnNodeWorker)
  for (const part of /** @type {const} */ (['drums', 'feel'])) models.load(part, await openCheckpoint(part))
  const soloist = createSoloist(createModel(await openCheckpoint('solo'), 'solo'))
  let grooves = 0
  const ask = async (/** @type {any} */ question) => {
    const answer = await models.ask(question)
    if (question.job === 'groove' && answer?.answer) grooves++
    return answer
  }
  const loop = createSessionLoop({ clock: monotonicClock, outputs, soloist, ask, observe: () => {} }, 1)
  const run = (/** @type {any} */ action) => loop.dispatch({ type: 'run', action })
  const set = (/** @type {any} */ setting, /** @type {any} */ value) => loop.dispatch({ type: 'set', setting, value })
  const endWaking = wakeEvery(wakeMs, () => {
    loop.wake()
    for (const output of outputs) output.wake()
  })
  const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

  loop.dispatch({ type: 'metre', metre: '7/8' })
  set('tempo', tempo)
  set('count-in', 0)
  run('record-bass')
  for (const pitch of [40, 43, 45, 38]) {
    loop.dispatch({ type: 'noteOn', pitch, velocity: 90 })
    await wait(300)
    loop.dispatch({ type: 'noteOff', pitch })
  }
  await wait(4000)
  set('keys', 'lead')
  set('hand-over', 'count')
  set('improvise', true)
  const until = performance.now() + minutes * 60_000
  for (let key = 0; performance.now() < until; key++) {
    if (!loop.state.asked.groove) run('new-groove')
    const pitch = 55 + ((7 * key) % 24)
    loop.dispatch({ type: 'noteOn', pitch, velocity: 90 })
    await wait(40)
    loop.dispatch({ type: 'noteOff', pitch })
    await wait(40)
  }
  run('stop')
  endWaking()
  await wait(500)
  for (const output of outputs) output.end()
  await sender.end()
  await plain.end()
  models.end()
  listener.send('report')
  const [received] = await once(listener, 'message')

  console.info(
    `7/8 at ${tempo}, ${minutes} min, ${grooves} grooves made; missed before they were sent: ${loop.diagnostics.missed}`,
  )
  for (const [way, name] of ways.entries()) report(name, received[way], sent[way])
  const { lateness, refused, restarts } = sender.diagnostics
  const own = [0.5, 0.99, 1].map((share) => lateness.quantile(share).toFixed(3))
  console.info(
    `the thread itself, of its last ${Math.min(2048, lateness.count)}: p50 ${own[0]}, p99 ${own[1]}, most ${own[2]} ms`,
  )
  console.info(
    `refused ${refused}, restarts ${restarts}; a key took ${loop.diagnostics.keys.quantile(0.99).toFixed(3)} ms (p99)`,
  )
}

/** @param {string} name @param {Received[]} received @param {number} sent */
function report(name, received, sent) {
  const late = received.map(({ at, due }) => at - due)
  const at = (/** @type {number} */ share) => quantile(late, share, 3)
  const clicks = received.filter(({ address }) => address.startsWith('/playclick')).map(({ due }) => due)
  const unit = 60_000 / tempo / 2
  const offGrid = clicks.map((due) => Math.abs(due - clicks[0] - unit * Math.round((due - clicks[0]) / unit)))
  console.info(`by ${name}: ${received.length} packets came of ${sent}`)
  console.info(
    `  late: least ${at(0)}, p1 ${at(0.01)}, p50 ${at(0.5)}, p99 ${at(0.99)}, p99.9 ${at(0.999)}, most ${at(1)} ms`,
  )
  console.info(
    `  drift ${(60_000 * 1000 * slope(received)).toFixed(2)} µs a minute; clicks off their grid by ${Math.max(...offGrid).toFixed(4)} ms`,
  )
}

/** How fast packets get later: milliseconds in a millisecond, by least squares. @param {Received[]} received */
function slope(received) {
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [when, lateness] = [mean(received.map(({ due }) => due)), mean(received.map(({ at, due }) => at - due))]
  const products = received.map(({ at, due }) => (due - when) * (at - due - lateness))
  return mean(products) / mean(received.map(({ due }) => (due - when) ** 2))
}
