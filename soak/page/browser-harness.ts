import { readFile } from 'node:fs/promises'
import type { CDPSession, Page } from 'playwright'
import { type openStageServer, startPlaying } from '../../scripts/stage-server.js'
import type { Seconds } from '../../src/timing/index.ts'
import type { PanelId } from '../../src/web/panels/index.ts'
import { text as panelText } from '../../src/web/panels/text.ts'
import type { Stage } from '../../src/web/stage.ts'
import { text } from '../../src/web/text.ts'
import { fakeMidiScript } from '../../test/fakes/midi.ts'
import { soundCardScript } from '../../test/fakes/sound-card.ts'
import * as inPage from './in-page.ts'

/** What the page lets scripts see. */
declare const tradefours: Stage

/** Serves the page to a browser. It is handed in because Vite's runner, which runs this file, ends after its imports. */
export type OpenStageServer = typeof openStageServer

/** How much memory a page takes, after a garbage collection. */
type PageMemory = { readonly heapBytes: number; readonly nodes: number; readonly listeners: number }

/** The page in a browser, with instruments at its MIDI outputs. */
export type BrowserHarness = {
  /** Waits for a time of the session's clock, makes a move, and reads the page; null while that time is still to come. */
  make(at: Seconds, move: inPage.PageMove): Promise<inPage.Snapshot | null>
  /** Opens a panel for some seconds. */
  viewPanel(panel: PanelId, seconds: Seconds): Promise<void>
  /** Saves the performance as a file, and gives its text. */
  save(): Promise<string>
  /** Opens a file with this text. */
  open(file: string): Promise<void>
  material(): Promise<ReturnType<typeof inPage.material>>
  diagnostics(): Promise<ReturnType<typeof inPage.diagnostics>>
  /** Kills the models' thread, and resolves when its death was noticed; false where there is none. */
  kill(): Promise<boolean>
  /** Reloads the page, and gives what it sent while it unloaded. */
  reload(): Promise<inPage.Snapshot['sent']>
  /** Kills the page's process, and opens the page again. */
  crash(): Promise<void>
  /** The text of the stored performance that can be continued. */
  lastStored(): Promise<string>
  /** Continues it. */
  continueLast(): Promise<void>
  act: (action: Parameters<typeof inPage.act>[0]) => Promise<void>
  /** Whether the page becomes silent. */
  fallsSilent(): Promise<boolean>
  memory(): Promise<PageMemory>
  close(): Promise<void>
}

/** What has not happened on a page in this time never will. */
const patienceMs = 30_000

/** Opens the page. @param onError called with each exception of the page and each error on its console */
export async function openBrowserHarness(
  openServer: OpenStageServer,
  onError: (kind: 'exception' | 'console', message: string) => void,
): Promise<BrowserHarness> {
  const server = await openServer()
  const page0 = await server.visit(fakeMidiScript + soundCardScript + inPage.devicesScript)
  const { url, context } = { url: page0.url(), context: page0.context() }
  let page: Page
  let cdp: CDPSession
  const enter = async (entered: Page) => {
    page = entered
    page.setDefaultTimeout(patienceMs)
    page.on('pageerror', (error) => onError('exception', error.stack ?? error.message))
    page.on('console', (line) => line.type() === 'error' && onError('console', line.text()))
    cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable')
  }
  const isReady = () => page.waitForFunction(() => tradefours.loaded.value === 1 && tradefours.midi.isOpen.value)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const withPanel = async <Result>(panel: PanelId, use: () => Promise<Result>) => {
    await button(text.panels[panel].label).click()
    await page.locator('.panel .content > *').first().waitFor()
    const result = await use()
    await button(panelText.panel.close).click()
    return result
  }
  await enter(page0)
  await startPlaying(page0)
  await isReady()
  await page0.evaluate(inPage.setUp)
  return {
    make: (at, move) => page.evaluate(inPage.makeMove, { at, move }),
    viewPanel: (panel, seconds) =>
      withPanel(panel, async () => {
        for (const tab of await page.getByRole('tab').all()) await tab.click()
        await page.waitForTimeout(1000 * seconds)
      }),
    save: () =>
      withPanel('files', async () => {
        const [download] = await Promise.all([page.waitForEvent('download'), button(panelText.files.save).click()])
        return readFile(await download.path(), 'utf8')
      }),
    // Playwright's own way of choosing a file leaks the input, and with it the whole panel.
    open: (file) => withPanel('files', () => page.locator('.panel input[type=file]').evaluate(inPage.chooseFile, file)),
    material: () => page.evaluate(inPage.material),
    diagnostics: () => page.evaluate(inPage.diagnostics),
    async kill() {
      const worker = page.workers().find((each) => each.url().includes('web-worker'))
      if (!worker) return false
      const noticed = worker.waitForEvent('close', { timeout: patienceMs })
      await worker
        .evaluate(() =>
          setTimeout(() => {
            throw new Error('killed')
          }),
        )
        .catch(() => {})
      return noticed.then(
        () => true,
        () => false,
      )
    },
    async reload() {
      await page.evaluate(inPage.storeSentOnUnload)
      await page.reload()
      await isReady()
      return page.evaluate(inPage.sentOnUnload)
    },
    async crash() {
      const died = page.waitForEvent('crash')
      cdp.send('Page.crash').catch(() => {})
      await died
      const dead = page
      await enter(await context.newPage())
      await page.goto(url)
      await dead.close()
      await isReady()
    },
    async lastStored() {
      await page.waitForFunction(() => tradefours.performances.stored.value.length > 0)
      return page.evaluate(inPage.lastStored)
    },
    continueLast: () =>
      withPanel('files', () =>
        page
          .locator('.panel')
          .getByRole('button', { name: /^Continue/ })
          .first()
          .click(),
      ),
    act: (action) => page.evaluate(inPage.act, action),
    fallsSilent: () =>
      page.waitForFunction(inPage.isSilent).then(
        () => true,
        () => false,
      ),
    async memory() {
      await cdp.send('HeapProfiler.collectGarbage')
      const { metrics } = await cdp.send('Performance.getMetrics')
      const value = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
      return { heapBytes: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') }
    },
    close: () => server.close(),
  }
}
