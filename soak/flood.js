/**
 * `npm run flood [packets a second]`: fifty processes send mutated OSC packets to a host for ten seconds, 10,000 a second
 * in all, while a player plays on it. Only packets are sent in which nothing can be understood.
 *
 * Fails, and says why, if a key of the player is not answered or not ended, if the host ends early or can't be ended, if
 * its recording has anything but what was played, or if its memory grows.
 */
import { fork, spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quantile } from '../bench/quantile.js'

const usage = 'npm run flood [packets a second]: how many all fifty processes send together; unless given, 10000'

const senders = 50
const seconds = 10
/** How often a sender wakes up. */
const everyMs = 20
/** By how much the host's memory may grow, in MiB. */
const mostGrowth = 32

const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

const rate = Number(process.argv[2] ?? 10_000)
if (process.send) await sendAll()
else if (process.argv[2] === '--help') process.stdout.write(`${usage}\n`)
else if (rate > 0) process.exitCode = await flood(rate)
else {
  process.stderr.write(`${process.argv[2]} is not a number of packets.\n${usage}\n`)
  process.exitCode = 2
}

/** In a child: sends the packets that it receives from its parent, and reports how many it sent. */
async function sendAll() {
  const [{ packets, port, rate }] = await once(process, 'message')
  const socket = createSocket('udp4')
  socket.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const began = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const elapsed = performance.now() - began
    for (const due = (rate * Math.min(elapsed, 1000 * seconds)) / 1000; sent < due; sent++) {
      socket.send(Buffer.from(packets[sent % packets.length], 'base64'), () => {})
    }
    if (elapsed < 1000 * seconds) return
    clearInterval(timer)
    socket.close()
    process.send?.(sent, () => process.disconnect())
  }, everyMs)
}

/** Floods a host and reports. Returns the exit code. @param {number} rate */
async function flood(rate) {
  const { runnerImport } = await import('vite')
  const { build } = await import('../scripts/build.js')
  build()
  const { createOscInput, readOsc, writeOsc } = await import('../dist/devices/osc/index.js')
  const { readPerformance } = await import('../dist/session/index.js')
  const path = fileURLToPath(new URL('fuzz/mutate.ts', import.meta.url))
  const { mutate } = /** @type {any} */ ((await runnerImport(path)).module)

  const understand = createOscInput()
  const good = [
    writeOsc([{ address: '/processnoteon', types: 'ii', values: [60, 90] }]),
    writeOsc([
      { address: '/tradefours/set/tempo', types: 'f', values: [97.5] },
      { address: '/tradefours/chart', types: 's', values: ['Dm7 | G7'] },
    ]),
  ]
  const packets = Array.from({ length: 20_000 }, (_, number) => /** @type {Uint8Array} */ (mutate(good, number)))
    .filter(
      (bytes) => bytes.length < 60_000 && readOsc(bytes).messages.every((message) => !understand(message)?.length),
    )
    .map((bytes) => Buffer.from(bytes).toString('base64'))

  const player = createSocket('udp4').bind(0, '127.0.0.1')
  await once(player, 'listening')
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'flood-'))
  const osc = ['--osc', `127.0.0.1:${player.address().port}`, '--osc-in', `${port}`]
  const tradefours = fileURLToPath(new URL('../bin/tradefours.js', import.meta.url))
  const host = spawn(process.execPath, [tradefours, 'host', '--no-midi', '--quiet', '--keep', folder, ...osc], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let isOver = false
  const ended = once(host, 'exit').finally(() => {
    isOver = true
  })
  /** When messages came, by their addresses. @type {Map<string, number[]>} */
  const received = new Map()
  player.on('message', (bytes) => {
    for (const { address } of readOsc(bytes).messages) {
      received.set(address, [...(received.get(address) ?? []), performance.now()])
    }
  })
  const answers = (/** @type {string} */ address) => received.get(address) ?? []
  const send = (/** @type {string} */ address, /** @type {number[]} */ ...values) =>
    player.send(writeOsc([{ address, types: 'i'.repeat(values.length), values }]), port, '127.0.0.1')

  while (answers('/tradefours/state/metre').length === 0 && !isOver) {
    send('/tradefours/tell')
    await wait(200)
  }
  const before = memoryOf(host.pid)
  const children = Array.from({ length: senders }, (_, index) => {
    const child = fork(import.meta.filename)
    child.send({ packets: packets.filter((_, place) => place % senders === index), port, rate: rate / senders })
    return Promise.race([once(child, 'message'), once(child, 'exit').then(() => [0])])
  })
  let sent = -1
  const allSent = Promise.all(children).then((counts) => {
    sent = counts.reduce((sum, [count]) => sum + count, 0)
  })
  /** @type {number[]} */
  const played = []
  const memory = []
  while (sent < 0 && !isOver) {
    const pitch = 48 + (played.length % 24)
    played.push(performance.now())
    send('/processnoteon', pitch, 90)
    await wait(60)
    send('/processnoteoff', pitch, 0)
    await wait(60)
    if (played.length % 8 === 0) memory.push(memoryOf(host.pid))
  }
  await allSent
  await wait(1000)
  const after = memoryOf(host.pid)
  host.kill('SIGINT')
  const [status] = await ended
  player.close()
  const [file] = (await readdir(folder)).filter((name) => name.endsWith('.tradefours'))
  const events = file ? readPerformance(await readFile(join(folder, file), 'utf8')).events : []
  await rm(folder, { recursive: true })

  const recorded = (/** @type {string} */ type) => events.filter((event) => event.type === type).length
  const [downs, ups] = [recorded('noteOn'), recorded('noteOff')]
  // The host stops the music when it ends, which is one more event.
  const others = events.length - downs - ups - 1
  const late = answers('/playwurly').map((at, index) => at - (played[index] ?? at))
  const failures = [
    status !== 0 && `The host ended with ${status}.`,
    answers('/playwurly').length !== played.length && 'Keys were not answered.',
    answers('/stopnote').length !== played.length && 'Notes were not ended.',
    (downs !== played.length || ups !== played.length) && 'The recording lost keys.',
    others > 0 && 'The recording has events that nobody played.',
    after > before + mostGrowth && 'The memory grew.',
  ].filter(Boolean)
  const report = [
    `${senders} processes sent ${sent} mutated packets in ${seconds} s, while the host was played`,
    `keys ${played.length}, answered ${answers('/playwurly').length}, ended ${answers('/stopnote').length}`,
    `answers came after ${quantile(late, 0.5, 1)} ms (p50), ${quantile(late, 0.99, 1)} ms (p99), there and back`,
    `memory ${before} MiB before, ${Math.max(...memory)} at most, ${after} after`,
    `the recording has ${downs} keys down, ${ups} up, ${others} other events`,
    ...(failures.length === 0 ? ['The host passed.'] : failures),
  ]
  process.stdout.write(`${report.join('\n')}\n`)
  return failures.length === 0 ? 0 : 1
}

async function freePort() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

/** The memory of a process, in MiB; 0 if it has ended. @param {number | undefined} pid */
function memoryOf(pid) {
  return Math.round(Number(spawnSync('ps', ['-o', 'rss=', '-p', `${pid}`]).stdout) / 1024)
}
