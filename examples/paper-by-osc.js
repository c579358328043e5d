/**
 * The whole flow of the ML-Jam paper without a screen: `node examples/paper-by-osc.js`.
 *
 * It starts `tradefours host` and plays both the performer and SuperCollider, with ML-Jam's own addresses: it taps a tempo,
 * plays a bass, asks for a groove, plays chords, a call and a response. Then it ends the host, replays the file that the
 * host has stored, and says whether every key of the solo sounds the same. The exit code is 1 if one does not.
 */
import { execFileSync, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOsc, writeOsc } from 'tradefours/osc'

const tradefours = fileURLToPath(new URL('../bin/tradefours.js', import.meta.url))
const call = [69, 72, 74, 76, 74, 72, 69, 67]
const folder = mkdtempSync(join(tmpdir(), 'tradefours-'))

const received = /** @type {{ address: string, values: readonly unknown[] }[]} */ ([])
const superCollider = createSocket('udp4').on('message', (packet) => received.push(...readOsc(packet).messages))
const [inPort, outPort] = [await freePort(), await listen(superCollider)]
const osc = ['--osc', `127.0.0.1:${outPort}`, '--osc-in', `127.0.0.1:${inPort}`]
const host = spawn(process.execPath, [
  tradefours,
  'host',
  '--no-midi',
  ...osc,
  '--keep',
  folder,
  '--seed',
  '7',
  '--json',
])
const report = text(host.stdout)
await until(
  () => pitches('/tradefours/state/metre').length > 0,
  () => send('/tradefours/tell'),
)

for (let tap = 0; tap < 4; tap++) {
  send('/tradefours/act/tap')
  await wait(500)
}
send('/tradefours/set/measures', 1)
send('/tradefours/set/count-in', 0)
send('/tradefours/set/hand-over', 'count')
send('/tradefours/set/notes', call.length)
send('/tradefours/set/live', 0)

send('/tradefours/act/record-bass')
await play([33, 33, 36, 38])
await until(() => pitches('/playbass').length > 4)
console.info(`the bass goes round, and the fixed groove with it: ${pitches('/playsnare').length > 0}`)

send('/tradefours/act/new-groove')
await until(() => pitches('/tradefours/state/groove').includes(1))
console.info('the model’s groove plays')

send('/tradefours/act/record-chords')
await play([57, 60, 64])
await until(() => pitches('/tradefours/state/chord').some((name) => name !== ''))
console.info(`a chord is known: ${pitches('/tradefours/state/chord').at(-1)}`)

send('/tradefours/set/keys', 'solo')
send('/tradefours/set/improvise', 1)
await play(call)
await until(() => pitches('/tradefours/state/turn').at(-1) === 'response')
const before = pitches('/playwurly').length
await play(call)
await until(() => pitches('/playwurly').length === before + call.length)
const solo = pitches('/playwurly')
console.info(`called:    ${call.join(' ')}\nanswered:  ${solo.slice(before).join(' ')}`)

host.kill('SIGINT')
await once(host, 'exit')
superCollider.close()
const { performance: path } = JSON.parse(await report)
const replayed = JSON.parse(
  execFileSync(process.execPath, [tradefours, 'replay', path, '--json'], { encoding: 'utf8' }),
)
const again = replayed.effects.flatMap((/** @type {any} */ effect) =>
  effect.type === 'sound' && effect.track === 'lead' ? [effect.pitch] : [],
)
rmSync(folder, { recursive: true })
const isSame = JSON.stringify(again) === JSON.stringify(solo)
console.info(`replayed from its file: ${isSame ? 'the same notes' : 'OTHER NOTES'}, ${again.length} of the solo`)
process.exitCode = isSame && again.length >= 2 * call.length ? 0 : 1

/** The first value of each message to an address. @param {string} address */
function pitches(address) {
  return received.flatMap((message) => (message.address === address ? [message.values[0]] : []))
}

/** @param {string} address @param {...(number | string)} values */
function send(address, ...values) {
  const types = values.map((value) => (typeof value === 'string' ? 's' : Number.isInteger(value) ? 'i' : 'f')).join('')
  superCollider.send(writeOsc([{ address, types, values }]), inPort, '127.0.0.1')
}

/** Plays eighths. @param {readonly number[]} keys */
async function play(keys) {
  for (const key of keys) {
    send('/processnoteon', key, 90)
    await wait(200)
    send('/processnoteoff', key, 0)
    await wait(50)
  }
}

/** Waits until something is there. @param {() => boolean} isThere @param {() => void} again called until then */
async function until(isThere, again = () => {}) {
  const patience = performance.now() + 30_000
  while (!isThere()) {
    if (performance.now() > patience) throw new Error(`It never comes: ${isThere}`)
    again()
    await wait(50)
  }
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** @param {import('node:dgram').Socket} socket */
async function listen(socket) {
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket.address().port
}

async function freePort() {
  const socket = createSocket('udp4')
  const port = await listen(socket)
  socket.close()
  return port
}

/** @param {import('node:stream').Readable} stream */
async function text(stream) {
  let all = ''
  for await (const part of stream) all += part
  return all
}
