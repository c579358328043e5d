import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { chromium as chromiumPath } from '../scripts/chromium.js'
import type { Stage } from '../src/web/stage.ts'
import { launchArgs } from './browser.ts'

/** A page of the built stage, in a browser context of its own. */
export type Visit = { readonly page: Page; readonly context: BrowserContext; readonly address: string }

type Served = { serveStage(folder: string, port: number): Promise<Server> }

/** The built page, which any web host can serve. */
export const stageFolder = fileURLToPath(new URL('../dist/stage/', import.meta.url))

/** A browser without service workers, on a screen of some twelve frames a second. */
const frugal = `{
  delete Navigator.prototype.serviceWorker
  const { requestAnimationFrame } = globalThis
  globalThis.requestAnimationFrame = (draw) => setTimeout(() => requestAnimationFrame(draw), 70)
  globalThis.cancelAnimationFrame = clearTimeout
}`

/** Serves the page as the command does. */
export async function byTheCommand(): Promise<Server> {
  const { serveStage }: Served = await import(new URL('../dist/cli/serve-command.js', import.meta.url).href)
  return serveStage(stageFolder, 0)
}

/**
 * Serves the page at a path, and opens browser contexts for the tests of a file.
 *
 * @param args what Chromium is started with besides: the file has a browser of its own then.
 */
export function stageServer(args: readonly string[] = [], serve = byTheCommand, at = '/') {
  let browser: Browser
  let server: Server
  let address = ''
  const opened: BrowserContext[] = []
  const errors: string[] = []
  beforeAll(async () => {
    server = await serve()
    address = `http://localhost:${(server.address() as AddressInfo).port}${at}`
    browser =
      args.length > 0
        ? await chromium.launch({ executablePath: chromiumPath(), args: [...launchArgs, ...args] })
        : await chromium.connect(inject('browser'))
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((context) => context.close()))
    expect(errors.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
    server?.closeAllConnections()
  })
  return {
    /** A first visit, in a new browser context. */
    async visit(
      options: {
        readonly width?: number
        readonly height?: number
        readonly init?: string
        readonly path?: string
        /** Whether its screen is touched. */
        readonly touch?: boolean
        /** Whether the page stores itself to be played offline and draws every frame, which costs twice as much. */
        readonly whole?: boolean
      } = {},
    ): Promise<Visit> {
      const { width = 1280, height = 720, init, path = '', touch = false, whole = false } = options
      const context = await browser.newContext({ viewport: { width, height }, hasTouch: touch })
      opened.push(context)
      if (!whole) await context.addInitScript(frugal)
      if (init) await context.addInitScript(init)
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => /Content Security Policy/.test(message.text()) && errors.push(message.text()))
      await page.goto(new URL(path, address).href)
      return { page, context, address }
    },
  }
}

/** What the page offers to scripts. */
declare const tradefours: Stage

/** A visitor who skips the welcome. */
export async function player(
  server: ReturnType<typeof stageServer>,
  options: Parameters<(typeof server)['visit']>[0] = {},
): Promise<Visit> {
  const visit = await server.visit(options)
  await visit.page.getByRole('button', { name: /let me play/i }).click()
  await visit.page.waitForFunction(() => tradefours.loaded.value === 1)
  return visit
}

/** Presses a key of the computer. */
export async function strike(page: Page, key: string, ms = 60): Promise<void> {
  await page.keyboard.down(key)
  await page.waitForTimeout(ms)
  await page.keyboard.up(key)
}
