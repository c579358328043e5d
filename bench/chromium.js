import { chromium as browserType } from 'playwright'
import { chromium } from '../scripts/chromium.js'

/**
 * Starts a Chromium whose pages open at an address.
 *
 * @param {string} address
 */
export async function openChromium(address) {
  const browser = await browserType.launch({
    executablePath: chromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
  return {
    version: browser.version(),
    close: () => browser.close(),

    /**
     * Lends a fresh page, which knows nothing of those before it.
     *
     * @template T
     * @param {(call: (method: string, ...args: unknown[]) => Promise<any>) => Promise<T>} use
     */
    async withPage(use) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(address)
      try {
        return await use((method, ...args) =>
          page.evaluate(
            ([method, ...args]) => /** @type {any} */ (globalThis)[method](...args),
            /** @type {[string, ...any]} */ ([method, ...args]),
          ),
        )
      } finally {
        await context.close()
      }
    },
  }
}
