import type { Page } from 'playwright'
import type { Tab } from './tab.ts'

/** A page that Playwright drives. */
export function playwrightTab(page: Page): Tab {
  return {
    async open(address) {
      await page.goto(address)
    },
    evaluate: (expression) => page.evaluate<string>(expression),
    key: (direction, character) => page.keyboard[direction](character),
    click: (x, y) => page.mouse.click(x, y),
    resize: (width, height) => page.setViewportSize({ width, height }),
    picture: async () => (await page.screenshot()).toString('base64'),
    close: () => page.close(),
  }
}
