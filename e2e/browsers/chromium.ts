/** Chromium by Playwright, as the tests of every browser need it. */
import type { Page } from 'playwright'
import { stageServer } from '../on-stage.ts'
import type { Core } from './core.ts'
import type { Tab } from './tab.ts'
import { visitStage } from './visitor.ts'

function tabOf(page: Page): Tab {
  return {
    async open(address) {
      await page.goto(address)
    },
    evaluate: (expression) => page.evaluate<string>(expression),
    key: (direction, character) => page.keyboard[direction](character),
    click: (x, y) => page.mouse.click(x, y),
    picture: async () => (await page.screenshot()).toString('base64'),
    close: () => page.close(),
  }
}

/** How the core visits the stage in Chromium. To be called where tests are named: it serves the stage until they are through. */
export function chromiumCore(): Core {
  const server = stageServer()
  return {
    isPatient: false,
    async visit(options) {
      const { page, context, address } = await server.visit(options)
      return visitStage(tabOf(page), address, () => context.setOffline(true))
    },
  }
}
