/**
 * `node bench/turn.js`: how long the models take for a turn of the machine's own, from the question to its last note, in a
 * worker, by the length of the call and with memories that are full. Times are of the processor, all threads together.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from '../scripts/build.js'
import { quantile } from './quantile.js'

build()

// Only now is there something to import.
const { parseChart, parseMetre } = await import('../dist/music/index.js')
const { openCheckpoint } = await import('../dist/io/checkpoints/node.js')
const { createModelClient } = await import('../dist/runtime/index.js')
const { spawnNodeWorker } = await import('../dist/runtime/worker/node.js')

const turns = 30
const chart = parseChart('Dm7 | G7 | Cmaj7 | A7').flat()
const client = createModelClient(spawnNodeWorker)
for (const part of /** @type {const} */ (['solo', 'phrase'])) client.load(part, await openCheckpoint(part))
// The worker keeps no process alive.
const alive = setInterval(() => {}, 1000)
// A performer plays for a while before the machine's first turn.
await sleep(2000)

console.info(`the first turn, after a call of 500 notes: ${(await turn(500, 0)).toFixed(0)} ms`)
for (let seed = 0; seed < turns; seed++) await turn(64, seed)
for (const notes of [20, 100, 500]) {
  const times = []
  for (let seed = 0; seed < turns; seed++) times.push(await turn(notes, seed))
  const [median, high] = [0.5, 0.9].map((share) => quantile(times, share, 1))
  console.info(`a turn after a call of ${notes} notes: median ${median} ms, p90 ${high} ms, of ${turns}`)
}
client.end()
clearInterval(alive)

/** Asks for four measures after a call of eighths, and says how long they took. @param {number} notes @param {number} seed */
async function turn(notes, seed) {
  const question = {
    call: line(notes).map((note, index) => ({ ...note, beat: (index - notes) / 2 })),
    ...{ beats: 16, from: 0, metre: parseMetre('4/4'), place: 0, bpm: 120, swing: { ratio: 0.5, pair: 1 } },
    chords: chart.map((chord, index) => ({ beat: 4 * index, chord })),
    ...{ closeness: /** @type {const} */ ('vary'), temperature: 0.95, harmony: 0, memory: 0.6 },
    range: /** @type {const} */ ([36, 96]),
    seed,
  }
  const remembered = { session: played(500), performer: played(1000) }
  const before = process.cpuUsage()
  const { answer } = (await client.ask({ type: 'ask', request: 1, job: 'phrase', question }, remembered)) ?? {}
  if (!answer) throw new Error('No phrase came.')
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** @param {number} notes */
function line(notes) {
  return Array.from({ length: notes }, (_, index) => ({
    ...{ pitch: 60 + ((7 * index + (index % 13) * (index % 5)) % 19), velocity: 60 + ((17 * index) % 50), beats: 0.4 },
  }))
}

/** @param {number} notes */
function played(notes) {
  return line(notes).map((note, index) => ({ ...note, since: 1 / 2, place: (index / 2) % 4, chord: null }))
}
