import type { CDPSession, Page } from 'playwright'
import { playwrightTab } from '../../e2e/browsers/playwright-tab.ts'
import type { openStageServer } from '../../scripts/stage-server.js'
import type { StartSoaked } from './soaked-browser.ts'

/** What has not happened in this time never will. */
const patienceMs = 30_000

/** Chromium, by Playwright. @param openServer serves the page and starts the browser */
export const soakedChromium =
  (openServer: typeof openStageServer): StartSoaked =>
  async (script, onError) => {
    const server = await openServer()
    const first = await server.blank()
    const context = first.context()
    await context.addInitScript(script)
    let page: Page = first
    let cdp: CDPSession
    return {
      address: server.address,
      memoryOf: 'heap',
      async newTab() {
        const before = page
        page = await context.newPage()
        page.on('pageerror', (error) => onError('exception', error.stack ?? error.message))
        page.on('console', (line) => line.type() === 'error' && onError('console', line.text()))
        cdp = await context.newCDPSession(page)
        await cdp.send('Performance.enable')
        await before.close()
        return playwrightTab(page)
      },
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
      async crash() {
        const died = page.waitForEvent('crash')
        cdp.send('Page.crash').catch(() => {})
        await died
      },
      async memory() {
        await cdp.send('HeapProfiler.collectGarbage')
        const { metrics } = await cdp.send('Performance.getMetrics')
        const value = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
        return { heapBytes: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') }
      },
      close: () => server.close(),
    }
  }
