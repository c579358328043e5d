/** @import { Browser, Page } from 'playwright' */
/** @import { AddressInfo } from 'node:net' */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { build, buildStage } from '../scripts/build.js'
import { chromium as executablePath } from '../scripts/chromium.js'

/** Serves the stage as it is built, to a Chromium of its own. */
export async function openTheatre() {
  build()
  buildStage()
  const { serveStage } = await import('../dist/cli/serve-command.js')
  const server = await serveStage(fileURLToPath(new URL('../dist/stage/', import.meta.url)), 0)
  const { port } = /** @type {AddressInfo} */ (server.address())
  const browser = await chromium.launch({ executablePath: executablePath(), args: ['--no-sandbox', '--mute-audio'] })
  return {
    /** A first visit, before anything has been pressed. @param {string} [script] runs in the page before it does */
    async visit(script) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
      const page = await context.newPage()
      if (script) await page.addInitScript(script)
      await page.goto(`http://localhost:${port}/`, { waitUntil: 'commit' })
      return page
    },
    async close() {
      await browser.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Goes past the welcome, and waits for sounds and models. @param {Page} page */
export async function beginToPlay(page) {
  await page.getByRole('button', { name: /let me play/i }).click()
  await page.waitForFunction(() => /** @type {any} */ (globalThis).tradefours.loaded.value === 1)
}

/** A share of values in their order, with two decimals. @param {number[]} values @param {number} share */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2)
}
