import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { byTheCommand } from '../on-stage.ts'
import { testCore } from './core.ts'
import type { RunningBrowser } from './tab.ts'
import { visitStage } from './visitor.ts'

/** Tests the core in a browser that is started for it. Each visit has an address of its own, and so finds nothing stored. */
export function testCoreIn(start: () => Promise<RunningBrowser>): void {
  let browser: RunningBrowser | undefined
  const endings: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    browser = await start()
  })
  afterEach(async () => {
    for (const end of endings.splice(0)) await end()
  })
  afterAll(() => browser?.close())
  testCore({
    isPatient: true,
    async visit() {
      if (!browser) throw new Error('No browser was started.')
      const server = await byTheCommand()
      const close = () => closed(server)
      endings.push(close)
      const tab = await browser.newTab()
      endings.unshift(tab.close)
      return visitStage(tab, `http://localhost:${(server.address() as AddressInfo).port}/`, close)
    },
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
