import { readFile } from 'node:fs/promises'
import type { CDPSession, Page } from 'playwright'
import { beginToPlay, type openTheatre } from '../../scripts/stage-server.js'
import type { Seconds } from '../../src/timing/index.ts'
import type { PanelId } from '../../src/web/panels/panel-list.ts'
import { text as panelText } from '../../src/web/panels/text.ts'
import type { Stage } from '../../src/web/stage.ts'
import { text } from '../../src/web/text.ts'
import { fakeMidiScript } from '../../test/fakes/midi.ts'
import { soundCardScript } from '../../test/fakes/sound-card.ts'
import * as inPage from './in-page.ts'

/** What the page lets scripts see. */
declare const tradefours: Stage

/** Opens the page in a browser. Vite's runner, by which this is run, can't: it ends once everything has been imported. */
export type OpenTheatre = typeof openTheatre

/** What a page weighs, after everything that nobody holds has been thrown away. */
type Weight = { readonly heapBytes: number; readonly nodes: number; readonly listeners: number }

/** A stage in a browser, with instruments at its outputs, which can die. */
export type House = {
  /** Waits for a moment of the session's clock, makes a move, and looks; null where the moment is still to come. */
  make(at: Seconds, move: inPage.PageMove): Promise<inPage.Look | null>
  look(panel: PanelId, seconds: Seconds): Promise<void>
  save(): Promise<string>
  open(file: string): Promise<void>
  whatThereIs(): Promise<ReturnType<typeof inPage.whatThereIs>>
  trust(): Promise<ReturnType<typeof inPage.trustReport>>
  /** Kills the thread of the models, and resolves once that has been noticed; false where there is none. */
  kill(): Promise<boolean>
  /** Loads the page anew, and gives what it sent while it went away. */
  reload(): Promise<inPage.Look['sent']>
  /** Kills the page's process, and opens another. */
  crash(): Promise<void>
  /** What can be gone on with: its text. */
  lastKept(): Promise<string>
  /** Goes on with it. */
  goOn(): Promise<void>
  act: (action: Parameters<typeof inPage.act>[0]) => Promise<void>
  /** Whether it is silent in the end. */
  fallsSilent(): Promise<boolean>
  weigh(): Promise<Weight>
  close(): Promise<void>
}

/** What is asked of a page is there in this time, or will never be. */
const patienceMs = 30_000

/** @param trouble told of whatever the page throws or complains of. */
export async function openHouse(
  open: OpenTheatre,
  trouble: (kind: 'exception' | 'console', message: string) => void,
): Promise<House> {
  const theatre = await open()
  const page0 = await theatre.visit(fakeMidiScript + soundCardScript + inPage.gearScript)
  const { url, context } = { url: page0.url(), context: page0.context() }
  let page: Page
  let cdp: CDPSession
  const enter = async (entered: Page) => {
    page = entered
    page.setDefaultTimeout(patienceMs)
    page.on('pageerror', (error) => trouble('exception', error.stack ?? error.message))
    page.on('console', (line) => line.type() === 'error' && trouble('console', line.text()))
    cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable')
  }
  const isReady = () => page.waitForFunction(() => tradefours.loaded.value === 1 && tradefours.midi.isOpen.value)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const withPanel = async <Result>(panel: PanelId, use: () => Promise<Result>) => {
    await button(text.panels[panel].label).click()
    await page.locator('.panel .content > *').first().waitFor()
    const result = await use()
    await button(panelText.close).click()
    return result
  }
  await enter(page0)
  await beginToPlay(page0)
  await isReady()
  await page0.evaluate(inPage.setUp)
  return {
    make: (at, move) => page.evaluate(inPage.makeMove, { at, move }),
    look: (panel, seconds) =>
      withPanel(panel, async () => {
        for (const tab of await page.getByRole('tab').all()) await tab.click()
        await page.waitForTimeout(1000 * seconds)
      }),
    save: () =>
      withPanel('keep', async () => {
        const [download] = await Promise.all([page.waitForEvent('download'), button(panelText.keep.save).click()])
        return readFile(await download.path(), 'utf8')
      }),
    // Playwright's own way of choosing a file holds on to the input, and with it to the whole panel, for ever.
    open: (file) => withPanel('keep', () => page.locator('.panel input[type=file]').evaluate(inPage.chooseFile, file)),
    whatThereIs: () => page.evaluate(inPage.whatThereIs),
    trust: () => page.evaluate(inPage.trustReport),
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
      await page.evaluate(inPage.leaveTraces)
      await page.reload()
      await isReady()
      return page.evaluate(inPage.traces)
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
    async lastKept() {
      await page.waitForFunction(() => tradefours.keep.kept.value.length > 0)
      return page.evaluate(inPage.lastKept)
    },
    goOn: () =>
      withPanel('keep', () =>
        page
          .locator('.panel')
          .getByRole('button', { name: /^Go on/ })
          .first()
          .click(),
      ),
    act: (action) => page.evaluate(inPage.act, action),
    fallsSilent: () =>
      page.waitForFunction(inPage.isSilent).then(
        () => true,
        () => false,
      ),
    async weigh() {
      await cdp.send('HeapProfiler.collectGarbage')
      const { metrics } = await cdp.send('Performance.getMetrics')
      const value = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
      return { heapBytes: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') }
    },
    close: () => theatre.close(),
  }
}
