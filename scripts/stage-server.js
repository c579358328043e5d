/** The stage as it is built, before an audience of scripts: measurements, soaks and pictures see it here. */
/** @import { BrowserContextOptions, Page } from 'playwright' */
/** @import { AddressInfo } from 'node:net' */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { build, buildStage } from './build.js'
import { chromium as executablePath } from './chromium.js'

/** Serves the stage to a Chromium of its own. */
export async function openTheatre() {
  build()
  buildStage()
  /** @type {{ serveStage(folder: string, port: number): Promise<import('node:http').Server> }} */
  const { serveStage } = await import(new URL('../dist/cli/serve-command.js', import.meta.url).href)
  const server = await serveStage(fileURLToPath(new URL('../dist/stage/', import.meta.url)), 0)
  const { port } = /** @type {AddressInfo} */ (server.address())
  const browser = await chromium.launch({ executablePath: executablePath(), args: ['--no-sandbox', '--mute-audio'] })
  return {
    /**
     * A first visit, before anything has been pressed.
     *
     * @param {string} [script] runs in each page of the visitor's browser before the page itself does
     * @param {BrowserContextOptions} [options]
     */
    async visit(script, options) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options })
      if (script) await context.addInitScript(script)
      const page = await context.newPage()
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

/** Presses the one button of the welcome: the demonstration begins. @param {Page} page */
export async function beginDemonstration(page) {
  await page.waitForFunction(() => /** @type {any} */ (globalThis).tradefours?.loaded.value === 1)
  await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
}

/** Waits until the music is at a beat. @param {Page} page @param {number} beat */
export async function reach(page, beat) {
  const isThere = (/** @type {number} */ beat) => /** @type {any} */ (globalThis).tradefours.position().beat >= beat
  await page.waitForFunction(isThere, beat, { polling: 20 })
}
