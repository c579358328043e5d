/**
 * Films the demonstration as it is seen, in real time, into `docs/stage.webp`: from the welcome to the first response. It
 * takes an encoder, of which the product needs none:
 *
 *     npm install --no-save sharp@0.35.5
 *     node scripts/film.js
 */
/** @import { Page } from 'playwright' */
import { fileURLToPath } from 'node:url'
import { openStageServer, reach, startDemonstration } from './stage-server.js'

/** A package that is no dependency: its types aren't there. @param {string} name @returns {Promise<any>} */
const tool = (name) => import(name)

const { default: sharp } = await tool('sharp')

const framesPerSecond = 15
const welcomeMs = 1200
/** A little into the second call. */
const lastBeat = 33.5

/** @typedef {{ png: Buffer, at: number }} Frame what is seen from a moment on, in seconds */

/** Films a page until something is over. @param {Page} page @param {() => Promise<void>} play @returns {Promise<Frame[]>} */
async function film(page, play) {
  const session = await page.context().newCDPSession(page)
  const frames = /** @type {Frame[]} */ ([])
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    frames.push({ png: Buffer.from(data, 'base64'), at: metadata.timestamp ?? 0 })
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {})
  })
  await session.send('Page.startScreencast', { format: 'png' })
  await play()
  await session.send('Page.stopScreencast')
  return frames
}

/**
 * What is seen at a steady pace, and for how long: what does not change is one picture.
 *
 * @param {Frame[]} frames
 */
function steady(frames) {
  const pictures = /** @type {Buffer[]} */ ([])
  const delays = /** @type {number[]} */ ([])
  const [first, last] = [frames[0]?.at ?? 0, frames.at(-1)?.at ?? 0]
  const msAt = (/** @type {number} */ frame) => Math.round((1000 * frame) / framesPerSecond)
  for (let frame = 0; msAt(frame) < 1000 * (last - first); frame++) {
    const png = frames.findLast(({ at }) => 1000 * (at - first) <= msAt(frame))?.png ?? Buffer.of()
    if (!pictures.at(-1)?.equals(png)) {
      pictures.push(png)
      delays.push(0)
    }
    delays.push((delays.pop() ?? 0) + msAt(frame + 1) - msAt(frame))
  }
  return { pictures, delays }
}

const server = await openStageServer()
const page = await server.visit()
await page.waitForFunction(() => /** @type {any} */ (globalThis).tradefours?.loaded.value === 1)
const frames = await film(page, async () => {
  await page.waitForTimeout(welcomeMs)
  await startDemonstration(page)
  await reach(page, lastBeat)
})
await server.close()

const { pictures, delays } = steady(frames)
const file = fileURLToPath(new URL('../docs/stage.webp', import.meta.url))
const { size } = await sharp(pictures, { join: { animated: true } })
  .webp({ lossless: true, minSize: true, loop: 0, delay: delays })
  .toFile(file)
console.info(`${frames.length} frames were seen; ${pictures.length} make ${(size / 1e6).toFixed(2)} MB.`)
