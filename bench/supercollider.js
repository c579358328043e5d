/**
 * `node bench/supercollider.js`: how regular the clicks of a real SuperCollider are, measured in its samples, with a lead
 * and without; and how loud the band of examples/supercollider gets. JACK's dummy driver replaces a sound card.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { build } from '../scripts/build.js'
import { missingPrograms, startScsynth } from '../test/supercollider.js'
import { quantile } from './quantile.js'

build()

// Only now is there something to import.
const { createOscOutput, createWallClock } = await import('../dist/devices/osc/index.js')
const { createSender } = await import('../dist/devices/sender/node.js')

/** @import { DueNote } from '../dist/session/index.js' */

const sampleRate = 48_000
const clicks = 80
const apart = 0.125
const example = join(import.meta.dirname, '../examples/supercollider/tradefours.scd')
const clock = { of: (/** @type {number} */ ms) => ms / 1000 }

const missing = missingPrograms('jackd', 'jack_rec', 'scsynth', 'sclang')
if (missing.length > 0) console.info(`Left out: this machine has no ${missing.join(', ')}.`)
else await measure()

async function measure() {
  const scsynth = await startScsynth()
  const sclang = await scsynth.startSclang(example, 'Tradefours plays')
  const sender = createSender()
  await sender.open('osc', { type: 'udp', host: '127.0.0.1', port: sclang.port })
  for (const leadMs of [0, 100]) {
    const before = scsynth.lapses()
    const found = onsets(await recorded(scsynth.env, (start) => play(sender, leadMs, click(start), clicks)))
    const off = found
      .slice(1)
      .map((onset, index) => Math.abs((1000 * (onset - (found[index] ?? 0))) / sampleRate - 1000 * apart))
    const [median, high, most] = [0.5, 0.9, 1].map((share) => quantile(off, share))
    console.info(
      `lead ${leadMs} ms: ${found.length} of ${clicks} clicks; from one to the next off by p50 ${median}, p90 ${high}, ` +
        `most ${most} ms; JACK lost samples ${scsynth.lapses() - before} times`,
    )
  }
  const loud = await recorded(scsynth.env, (start) => play(sender, 100, tutti(start), clicks))
  console.info(
    `the whole band at its loudest: ${loud.reduce((most, each) => Math.max(most, Math.abs(each)), 0)} of 32767`,
  )
  await sender.end()
  await sclang.stop()
  await scsynth.stop()
}

/** The notes of each repetition, and their time. @typedef {(index: number) => { at: number, notes: Partial<DueNote>[] }} Part */

/** @returns {Part} */
function click(/** @type {number} */ start) {
  return (index) => ({
    at: start + index * apart,
    notes: [{ track: 'click', click: 'loop', pitch: 34, velocity: 100 }],
  })
}

/** As many notes at once as the band plays, at full velocity. @returns {Part} */
function tutti(/** @type {number} */ start) {
  return (index) => ({
    at: start + index * apart,
    notes: [
      { track: 'drums', drum: 'kick', pitch: 36, velocity: 127 },
      { track: 'drums', drum: index % 2 ? 'snare' : 'crash', pitch: 38, velocity: 127 },
      { track: 'bass', pitch: 36 + (index % 5), velocity: 127 },
      ...[60, 64, 67, 71].map((pitch) => /** @type {const} */ ({ track: 'chords', pitch, velocity: 127 })),
    ],
  })
}

/** Schedules notes as a live session does, a look-ahead before their time. */
async function play(
  /** @type {ReturnType<typeof createSender>} */ sender,
  /** @type {number} */ leadMs,
  /** @type {Part} */ part,
  /** @type {number} */ count,
) {
  const send = (/** @type {Uint8Array} */ bytes, /** @type {number | undefined} */ at) => sender.send('osc', bytes, at)
  const output = createOscOutput(send, clock, createWallClock(), { leadMs })
  for (let index = 0; index < count; output.wake(), await setTimeout(25)) {
    for (; index < count && part(index).at < performance.now() / 1000 + 0.15; index++) {
      const { at, notes } = part(index)
      for (const note of notes) {
        output.schedule(/** @type {DueNote} */ ({ gain: 1, beat: 0, beats: 1, ...note }), at, 0.1)
      }
    }
  }
  for (let wake = 0; wake < 20; wake++, await setTimeout(25)) output.wake()
  output.end()
}

/** Records what is played, with left and right samples in turns. */
async function recorded(/** @type {NodeJS.ProcessEnv} */ env, /** @type {(start: number) => Promise<void>} */ perform) {
  const folder = mkdtempSync(join(tmpdir(), 'tradefours-recording-'))
  const file = join(folder, 'band.wav')
  const length = String(Math.ceil(clicks * apart) + 4)
  const outputs = ['SuperCollider:out_1', 'SuperCollider:out_2']
  const recorder = spawn('jack_rec', ['-f', file, '-d', length, '-b', '16', ...outputs], { env, stdio: 'ignore' })
  const over = once(recorder, 'exit')
  await setTimeout(1000)
  await perform(performance.now() / 1000 + 0.5)
  await over
  const bytes = readFileSync(file)
  rmSync(folder, { recursive: true })
  const samples = bytes.subarray(bytes.indexOf('data') + 8)
  return Array.from({ length: samples.length >> 1 }, (_, index) => samples.readInt16LE(2 * index))
}

/** Where sound starts after a silence, in samples. */
function onsets(/** @type {number[]} */ samples) {
  const [audible, silence] = [20, sampleRate / 20]
  /** @type {number[]} */
  const found = []
  let last = Number.NEGATIVE_INFINITY
  for (let index = 0; index < samples.length / 2; index++) {
    if (Math.abs(samples[2 * index] ?? 0) <= audible) continue
    if (index - last > silence) found.push(index)
    last = index
  }
  return found
}
