/** `node scripts/screenshots.js`: a picture of the stage in the middle of its demonstration, for the README. */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { build, buildStage } from './build.js'
import { chromium as executablePath } from './chromium.js'

build()
buildStage()
const { serveStage } = await import('../dist/cli/serve-command.js')
const docs = fileURLToPath(new URL('../docs/', import.meta.url))

const server = await serveStage(fileURLToPath(new URL('../dist/stage/', import.meta.url)), 0)
const browser = await chromium.launch({ executablePath: executablePath(), args: ['--no-sandbox', '--mute-audio'] })
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
await page.goto(`http://localhost:${port}/`)
await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
const isResponse = () => /** @type {any} */ (globalThis).tradefours.position().beat >= 30
await page.waitForFunction(isResponse, undefined, { polling: 20 })
await page.screenshot({ path: `${docs}stage-response.png` })
await browser.close()
server.close()
server.closeAllConnections()
