/** One browser for all tests of the page: to start one for each file would cost a second each. */
import { chromium } from 'playwright'
import type { TestProject } from 'vitest/node'
import { chromium as chromiumPath } from '../scripts/chromium.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the browser is reached. */
    readonly browser: string
  }
}

/** How every browser of these tests is started. */
export const launchArgs: readonly string[] = ['--no-sandbox', '--disable-gpu', '--mute-audio']

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await chromium.launchServer({ executablePath: chromiumPath(), args: [...launchArgs] })
  project.provide('browser', server.wsEndpoint())
  return () => server.close()
}
