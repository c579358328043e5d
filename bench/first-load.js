/**
 * `node bench/first-load.js [visits]`: the sizes of the page against their budgets, and how long a first visitor waits: from
 * the address to the welcome's button, from that to the first sound, and the longest task of the first ten seconds, each time in a
 * new browser context. Real time includes what other programs take; the page's own processor time does not.
 */
import { budgets, stageSizes } from '../scripts/size.js'
import { openStageServer } from '../scripts/stage-server.js'
import { quantile } from './quantile.js'
import { tasksOf, traceMain } from './trace.js'

const visits = Number(process.argv[2] ?? 10)
const server = await openStageServer()
const sizes = stageSizes()
for (const [part, most] of Object.entries(budgets)) {
  const size = sizes[/** @type {keyof typeof budgets} */ (part)]
  console.info(`${part.padEnd(10)} ${kilobytes(size)} of ${kilobytes(most)} KB${size > most ? ': TOO LARGE' : ''}`)
}
const [toButton, toSound, longest, longestOwn] = [[], [], [], []].map((none) => /** @type {number[]} */ (none))
for (let visit = 0; visit < visits; visit++) {
  const page = await server.blank()
  const endTracing = await traceMain(page)
  const began = performance.now()
  await page.goto(server.address, { waitUntil: 'commit' })
  const play = page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true })
  await play.waitFor()
  toButton.push(performance.now() - began)
  await page.evaluate(watchForSound)
  await play.click()
  toSound.push(await page.evaluate(() => /** @type {any} */ (globalThis).firstSound))
  await page.waitForTimeout(Math.max(0, 10_000 - (performance.now() - began)))
  const tasks = tasksOf(await endTracing())
  longest.push(Math.max(...tasks.map(({ dur = 0 }) => dur / 1000)))
  longestOwn.push(Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000)))
  await page.context().close()
}
for (const [what, times] of Object.entries({
  [`to the button, ${visits} visits`]: toButton,
  'from there to the first sound': toSound,
  'longest task of the first 10 s, real time': longest,
  'longest task of the first 10 s, processor time': longestOwn,
})) {
  console.info(`${what}: median ${quantile(times, 0.5)} ms, most ${quantile(times, 1)} ms`)
}
await server.close()
process.exitCode = Object.entries(budgets).some(([part, most]) => sizes[/** @type {'shell'} */ (part)] > most) ? 1 : 0

/** Runs in the page: the time from the press to the first level on a meter. */
function watchForSound() {
  const { tradefours } = /** @type {any} */ (globalThis)
  Object.assign(globalThis, {
    firstSound: new Promise((resolve) => {
      addEventListener('pointerdown', ({ timeStamp }) => {
        const listen = () => {
          const sounds = ['click', 'bass', 'drums'].some((track) => tradefours.sound.level(track) > 0.005)
          if (sounds) resolve(performance.now() - timeStamp)
          else setTimeout(listen, 2)
        }
        listen()
      })
    }),
  })
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1000).toFixed(0).padStart(6)
}
