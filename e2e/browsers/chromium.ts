/** Chromium by Playwright, as the tests of every browser need it. */
import { stageServer } from '../on-stage.ts'
import type { Core } from './core.ts'
import { playwrightTab } from './playwright-tab.ts'
import { visitStage } from './visitor.ts'

/** How the core visits the stage in Chromium. To be called where tests are named: it serves the stage until they are through. */
export function chromiumCore(): Core {
  const server = stageServer()
  return {
    isPatient: false,
    async visit(options) {
      const { page, context, address } = await server.visit(options)
      return visitStage(playwrightTab(page), address, () => context.setOffline(true))
    },
  }
}
