/**
 * `npm run flood [packets a second]`: fifty processes throw garbage at a host by OSC, 10,000 packets a second between them,
 * for ten seconds, while somebody plays. What they throw is good messages spoilt until nothing in them is asked for.
 *
 * Fails, with a sentence, where a key of the player is not answered or not ended, where the host ends or can't be ended,
 * where its recording holds anything but what was played, or where its memory grows.
 */
import { fork, spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quantile } from '../bench/quantile.js'

const throwers = 50
const seconds = 10
/** A thrower gets up so often. */
const everyMs = 20
/** Whatever a flood leaves behind, in MiB. */
const mostGrowth = 32

const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

const rate = Number(process.argv[2] ?? 10_000)
if (process.send) await throwAll()
else if (rate > 0) process.exitCode = await flood(rate)
else {
  process.stderr.write(`${process.argv[2]} is no number of packets a second.\n`)
  process.exitCode = 2
}

/** In a process of its own: throws what it is given, and tells how many packets that were. */
async function throwAll() {
  const [{ packets, port, rate }] = await once(process, 'message')
  const socket = createSocket('udp4')
  socket.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const began = performance.now()
  let thrown = 0
  const timer = setInterval(() => {
    const elapsed = performance.now() - began
    for (const due = (rate * Math.min(elapsed, 1000 * seconds)) / 1000; thrown < due; thrown++) {
      socket.send(Buffer.from(packets[thrown % packets.length], 'base64'), () => {})
    }
    if (elapsed < 1000 * seconds) return
    clearInterval(timer)
    socket.close()
    process.send?.(thrown, () => process.disconnect())
  }, everyMs)
}

/** Lets the flood in, and reports. Returns the exit status. @param {number} rate */
async function flood(rate) {
  const { runnerImport } = await import('vite')
  const { build } = await import('../scripts/build.js')
  build()
  const { createOscInput, readOsc, writeOsc } = await import('../dist/devices/osc/index.js')
  const { readPerformance } = await import('../dist/session/index.js')
  const spoil = fileURLToPath(new URL('fuzz/mutate.ts', import.meta.url))
  const { spoilt } = /** @type {any} */ ((await runnerImport(spoil)).module)

  const understand = createOscInput()
  const good = [
    writeOsc([{ address: '/processnoteon', types: 'ii', values: [60, 90] }]),
    writeOsc([
      { address: '/tradefours/set/tempo', types: 'f', values: [97.5] },
      { address: '/tradefours/chart', types: 's', values: ['Dm7 | G7'] },
    ]),
  ]
  const packets = Array.from({ length: 20_000 }, (_, number) => /** @type {Uint8Array} */ (spoilt(good, number)))
    .filter(
      (bytes) => bytes.length < 60_000 && readOsc(bytes).messages.every((message) => !understand(message)?.length),
    )
    .map((bytes) => Buffer.from(bytes).toString('base64'))

  const player = createSocket('udp4').bind(0, '127.0.0.1')
  await once(player, 'listening')
  const port = await freePort()
  const keep = await mkdtemp(join(tmpdir(), 'flood-'))
  const osc = ['--osc', `127.0.0.1:${player.address().port}`, '--osc-in', `${port}`]
  const tradefours = fileURLToPath(new URL('../bin/tradefours.js', import.meta.url))
  const host = spawn(process.execPath, [tradefours, 'host', '--no-midi', '--quiet', '--keep', keep, ...osc], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let isOver = false
  const ended = once(host, 'exit').finally(() => {
    isOver = true
  })
  /** When each answer came. @type {Map<string, number[]>} */
  const heard = new Map()
  player.on('message', (bytes) => {
    for (const { address } of readOsc(bytes).messages) {
      heard.set(address, [...(heard.get(address) ?? []), performance.now()])
    }
  })
  const answers = (/** @type {string} */ address) => heard.get(address) ?? []
  const say = (/** @type {string} */ address, /** @type {number[]} */ ...values) =>
    player.send(writeOsc([{ address, types: 'i'.repeat(values.length), values }]), port, '127.0.0.1')

  while (answers('/tradefours/state/metre').length === 0 && !isOver) {
    say('/tradefours/tell')
    await wait(200)
  }
  const before = memoryOf(host.pid)
  const children = Array.from({ length: throwers }, (_, index) => {
    const child = fork(import.meta.filename)
    child.send({ packets: packets.filter((_, place) => place % throwers === index), port, rate: rate / throwers })
    return Promise.race([once(child, 'message'), once(child, 'exit').then(() => [0])])
  })
  let thrown = -1
  const allThrown = Promise.all(children).then((counts) => {
    thrown = counts.reduce((sum, [count]) => sum + count, 0)
  })
  /** @type {number[]} */
  const played = []
  const memory = []
  while (thrown < 0 && !isOver) {
    const pitch = 48 + (played.length % 24)
    played.push(performance.now())
    say('/processnoteon', pitch, 90)
    await wait(60)
    say('/processnoteoff', pitch, 0)
    await wait(60)
    if (played.length % 8 === 0) memory.push(memoryOf(host.pid))
  }
  await allThrown
  await wait(1000)
  const after = memoryOf(host.pid)
  host.kill('SIGINT')
  const [status] = await ended
  player.close()
  const [file] = (await readdir(keep)).filter((name) => name.endsWith('.tradefours'))
  const events = file ? readPerformance(await readFile(join(keep, file), 'utf8')).events : []
  await rm(keep, { recursive: true })

  const kept = (/** @type {string} */ type) => events.filter((event) => event.type === type).length
  const [downs, ups] = [kept('noteOn'), kept('noteOff')]
  // The host itself stops when it is ended.
  const others = events.length - downs - ups - 1
  const late = answers('/playwurly').map((at, index) => at - (played[index] ?? at))
  const broken = [
    status !== 0 && `The host ended with ${status}.`,
    answers('/playwurly').length !== played.length && 'Keys were not answered.',
    answers('/stopnote').length !== played.length && 'Notes were not ended.',
    (downs !== played.length || ups !== played.length) && 'The recording lost keys.',
    others > 0 && 'Garbage is in the recording.',
    after > before + mostGrowth && 'The memory grew.',
  ].filter(Boolean)
  const report = [
    `${throwers} processes threw ${thrown} packets of garbage in ${seconds} s at a host that was played meanwhile`,
    `keys ${played.length}, answered ${answers('/playwurly').length}, ended ${answers('/stopnote').length}`,
    `answers came after ${quantile(late, 0.5, 1)} ms (p50), ${quantile(late, 0.99, 1)} ms (p99), there and back`,
    `memory ${before} MiB before, ${Math.max(...memory)} at most, ${after} after`,
    `the recording has ${downs} keys down, ${ups} up, ${others} other events`,
    ...(broken.length === 0 ? ['The host stands.'] : broken),
  ]
  process.stdout.write(`${report.join('\n')}\n`)
  return broken.length === 0 ? 0 : 1
}

async function freePort() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

/** What a process holds of memory, in MiB; 0 where it has ended. @param {number | undefined} pid */
function memoryOf(pid) {
  return Math.round(Number(spawnSync('ps', ['-o', 'rss=', '-p', `${pid}`]).stdout) / 1024)
}
