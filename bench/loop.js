/**
 * `node bench/loop.js [minutes] [grooves]`: ten minutes of a loop in Chromium, in real time, while the drum model makes 200
 * grooves. Every start that the page schedules with Web Audio is recorded: each bass note has to be in its place, and all
 * notes on the grid.
 *
 * A note that is scheduled in time is exact to the sample, as the tests of rendered sound show. One that is scheduled late
 * is late by as much.
 */
import { openStageServer, startPlaying } from '../scripts/stage-server.js'
import { quantile } from './quantile.js'

const minutes = Number(process.argv[2] ?? 10)
const grooves = Number(process.argv[3] ?? 20 * minutes)

const server = await openStageServer()
const page = await server.visit(`{
  const { start } = AudioBufferSourceNode.prototype
  globalThis.starts = []
  AudioBufferSourceNode.prototype.start = function (when = 0, ...rest) {
    globalThis.context = this.context
    starts.push([when, this.context.currentTime])
    return start.call(this, when, ...rest)
  }
}`)
await startPlaying(page)
const origin = await page.evaluate(recordBass)
const made = await page.evaluate(makeGrooves, { minutes, grooves })
const { starts, sampleRate, missed, tempo } = await page.evaluate(() => {
  const { starts, context, tradefours } = /** @type {any} */ (globalThis)
  const { sampleRate } = context
  return { starts, sampleRate, missed: tradefours.diagnostics().missed, tempo: tradefours.session.value.settings.tempo }
})
await server.close()

const quantum = 128 / sampleRate
const step = 15 / tempo
const inTheLoop = /** @type {[number, number][]} */ (starts).filter(([when]) => when > origin + 15.5 * step)
const last = Math.max(...inTheLoop.map(([when]) => when)) - 1
const bass = [0, 3, 8, 14] // Of 16, as `recordBass` plays it.
let sought = 0
let absent = 0
for (let measure = 1; origin + 16 * measure * step < last; measure++) {
  for (const place of bass) {
    const due = origin + (16 * measure + place) * step
    if (due > last) break
    sought++
    if (!inTheLoop.some(([when]) => Math.abs(when - due) < quantum)) absent++
  }
}
const offGrid = inTheLoop.map(([when]) => Math.abs((when - origin) / step - Math.round((when - origin) / step)) * step)
const late = inTheLoop.map(([when, asked]) => Math.max(0, asked - when))
console.info(`${((last - origin) / 60).toFixed(1)} minutes, ${inTheLoop.length} notes, ${made} grooves made`)
console.info(
  `notes of the bass: ${sought} sought, ${absent} not at their place; notes that the page left out: ${missed}`,
)
console.info(
  `off the grid: most ${(1000 * Math.max(...offGrid)).toFixed(6)} ms; a render quantum is ${(1000 * quantum).toFixed(2)}`,
)
console.info(`asked for late: ${late.filter(Boolean).length}, most ${(1000 * Math.max(...late)).toFixed(2)} ms`)
console.info(
  `asked for ahead: least ${quantile(
    inTheLoop.map(([when, asked]) => 1000 * (when - asked)),
    0,
  )} ms`,
)
process.exitCode = absent + missed > 0 || Math.max(...late, ...offGrid) > quantum ? 1 : 0

/** Runs in the page: a measure of bass at 120, at places that the click has not, without the drummer's feel. */
async function recordBass() {
  const { tradefours } = /** @type {any} */ (globalThis)
  tradefours.set('count-in', 0)
  tradefours.set('measures', 1)
  tradefours.set('feel', 0)
  tradefours.act('record-bass')
  const began = tradefours.now() + 0.05
  const play = (/** @type {object} */ input, /** @type {number} */ at) => tradefours.dispatch(input, at)
  for (const [index, place] of [0, 3, 8, 14].entries()) {
    const at = began + place / 8
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 * (at - tradefours.now()))))
    play({ type: 'noteOn', pitch: 36 + index, velocity: 90 }, at)
    play({ type: 'noteOff', pitch: 36 + index }, at + 0.01)
  }
  await new Promise((resolve) => setTimeout(resolve, 3000))
  // The session's clock may be ahead of the sound card's.
  const ahead = tradefours.now() - /** @type {any} */ (globalThis).context.currentTime
  return tradefours.session.value.transport.timeline[0].seconds - ahead
}

/** Runs in the page. @param {{ minutes: number, grooves: number }} what */
async function makeGrooves({ minutes, grooves }) {
  const { tradefours } = /** @type {any} */ (globalThis)
  const ends = performance.now() + 60_000 * minutes
  let made = 0
  for (let asked = 0; performance.now() < ends; asked++) {
    if (asked < grooves) tradefours.act('new-groove')
    await new Promise((resolve) => setTimeout(resolve, (60_000 * minutes) / grooves))
    if (asked < grooves && !tradefours.session.value.asked.groove) made++
  }
  return made
}
