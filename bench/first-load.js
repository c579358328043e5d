/**
 * `node bench/first-load.js [visits]`: the sizes of the page against their budgets, and how long a first visitor waits: from
 * the address to the welcome's button, and from that to the first sound, each time in a new browser context.
 */
import { budgets, stageSizes } from '../scripts/size.js'
import { openStageServer } from '../scripts/stage-server.js'
import { quantile } from './quantile.js'

const visits = Number(process.argv[2] ?? 10)
const server = await openStageServer()
const sizes = stageSizes()
for (const [part, most] of Object.entries(budgets)) {
  const size = sizes[/** @type {keyof typeof budgets} */ (part)]
  console.info(`${part.padEnd(10)} ${kilobytes(size)} of ${kilobytes(most)} KB${size > most ? ': TOO LARGE' : ''}`)
}
const [toButton, toSound] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])]
for (let visit = 0; visit < visits; visit++) {
  const began = performance.now()
  const page = await server.visit()
  const play = page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true })
  await play.waitFor()
  toButton.push(performance.now() - began)
  await page.evaluate(watchForSound)
  await play.click()
  toSound.push(await page.evaluate(() => /** @type {any} */ (globalThis).firstSound))
  await page.context().close()
}
console.info(
  `to the button: median ${quantile(toButton, 0.5)} ms, most ${quantile(toButton, 1)} ms, of ${visits} visits`,
)
console.info(`from there to the first sound: median ${quantile(toSound, 0.5)} ms, most ${quantile(toSound, 1)} ms`)
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
