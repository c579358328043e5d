import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Stage } from '../../src/web/stage.ts'
import { startBridgeHost } from '../bridge-host.ts'
import { byTheCommand } from '../on-stage.ts'
import { type Core, testCore } from './core.ts'
import { testDocs } from './docs.ts'
import type { RunningBrowser } from './tab.ts'
import { visitStage } from './visitor.ts'

/** What the page offers to scripts. */
declare const tradefours: Stage

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
  const newTab = async () => {
    if (!browser) throw new Error('No browser was started.')
    const tab = await browser.newTab()
    endings.unshift(tab.close)
    return tab
  }
  const core: Core = {
    isPatient: true,
    async visit() {
      const server = await byTheCommand()
      const close = () => closed(server)
      endings.push(close)
      return visitStage(await newTab(), `http://localhost:${(server.address() as AddressInfo).port}/`, close)
    },
  }
  testCore(core)
  testDocs(core)

  it('plays on the ports that a host lends', async () => {
    const host = await startBridgeHost()
    endings.push(async () => host.end())
    const { press, run, until } = await visitStage(await newTab(), host.invitation, async () => host.stop())
    await press('Let me play')
    await until(() => tradefours.midi.inputs.value.some(({ connected }) => connected))
    await run(() => tradefours.midi.route('lead', { inner: false, output: 'Synth', channel: 3 }))
    await expect.poll(() => host.fake.opened()).toContain('input Keystation')
    host.fake.play('Keystation', [0x90, 60, 90])
    await expect.poll(() => host.sent).toContainEqual([0x92, 60, 90])
    host.fake.play('Keystation', [0x80, 60, 0])
    await expect.poll(() => host.sent).toContainEqual([0x82, 60, 0])
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
