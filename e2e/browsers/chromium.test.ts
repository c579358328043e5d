import type { Page } from 'playwright'
import { describe } from 'vitest'
import { stageServer } from '../on-stage.ts'
import { testCore } from './core.ts'
import type { Tab } from './tab.ts'
import { visitStage } from './visitor.ts'

const server = stageServer()

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

describe('the stage in Chromium', () =>
  testCore({
    isPatient: false,
    async visit(options) {
      const { page, context, address } = await server.visit(options)
      return visitStage(tabOf(page), address, () => context.setOffline(true))
    },
  }))
