/** The built stage in a Chromium of its own, for benchmarks, soaks and screenshots. */
/** @import { BrowserContextOptions, Page } from 'playwright' */
/** @import { AddressInfo } from 'node:net' */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { build, buildStage } from './build.js'
import { chromium as executablePath } from './chromium.js'

/** Builds the stage and serves it. */
export async function serveBuiltStage() {
  build()
  buildStage()
  /** @type {{ serveStage(folder: string, port: number): Promise<import('node:http').Server> }} */
  const { serveStage } = await import(new URL('../dist/cli/serve-command.js', import.meta.url).href)
  const server = await serveStage(fileURLToPath(new URL('../dist/stage/', import.meta.url)), 0)
  const { port } = /** @type {AddressInfo} */ (server.address())
  return {
    address: `http://localhost:${port}/`,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Builds and serves the stage, and starts a browser. */
export async function openStageServer() {
  const { address, close } = await serveBuiltStage()
  const browser = await chromium.launch({ executablePath: executablePath(), args: ['--no-sandbox', '--mute-audio'] })
  /** Goes nowhere yet. @param {BrowserContextOptions} [options] */
  const blank = async (options) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options })
    return context.newPage()
  }
  return {
    address,
    blank,
    /**
     * Opens the page as on a first visit, in a browser context of its own.
     *
     * @param {string} [script] runs in each page of that context before the page's own scripts
     * @param {BrowserContextOptions} [options]
     */
    async visit(script, options) {
      const page = await blank(options)
      if (script) await page.context().addInitScript(script)
      await page.goto(address, { waitUntil: 'commit' })
      return page
    },
    async close() {
      await browser.close()
      await close()
    },
  }
}

/** Skips the welcome, and waits until sounds and models are loaded. @param {Page} page */
export async function startPlaying(page) {
  await page.getByRole('button', { name: /let me play/i }).click()
  await page.waitForFunction(() => /** @type {any} */ (globalThis).tradefours.loaded.value === 1)
}

/** Starts the demonstration with the welcome's Play button. @param {Page} page */
export async function startDemonstration(page) {
  await page.waitForFunction(() => /** @type {any} */ (globalThis).tradefours?.loaded.value === 1)
  await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
}

/** Waits until the music has reached a beat. @param {Page} page @param {number} beat */
export async function reach(page, beat) {
  const isThere = (/** @type {number} */ beat) => /** @type {any} */ (globalThis).tradefours.position().beat >= beat
  await page.waitForFunction(isThere, beat, { polling: 20 })
}
