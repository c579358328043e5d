import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { startBridgeHost } from './bridge-host.ts'
import { stageServer } from './on-stage.ts'

const stage = stageServer()

/** What the page offers to scripts. */
declare const tradefours: Stage

let host: Awaited<ReturnType<typeof startBridgeHost>>
beforeAll(async () => {
  host = await startBridgeHost()
})
afterAll(() => host.end())

const inputs = (page: Page) => page.evaluate(() => tradefours.midi.inputs.value)
const lost = /host with the MIDI ports is gone/

describe('a browser without MIDI and OSC', () => {
  it('plays with the host’s, and goes on when the host has been away', async () => {
    const { fake, sent, sentOsc } = host
    const { page } = await stage.visit({
      init: 'delete Navigator.prototype.requestMIDIAccess',
      path: host.invitation,
    })
    await page.waitForFunction(() => tradefours.loaded.value === 1)
    await expect.poll(() => inputs(page)).toEqual([{ id: 'Keystation', name: 'Keystation', connected: true }])
    expect(page.url()).toBe(host.address)
    await page.getByRole('button', { name: /let me play/i }).click()
    await page.evaluate(() => tradefours.midi.route('lead', { inner: false, output: 'Synth', channel: 3 }))
    await expect.poll(() => fake.opened()).toContain('input Keystation')

    fake.play('Keystation', [0x90, 60, 90])
    await expect.poll(() => sent).toContainEqual([0x92, 60, 90])
    fake.play('Keystation', [0x80, 60, 0])
    await expect.poll(() => sent).toContainEqual([0x82, 60, 0])

    host.receive({ address: '/processnoteon', values: [62, 77] })
    await expect.poll(() => sentOsc).toContainEqual({ address: '/playwurly', values: [62, 77] })
    expect(sent).toContainEqual([0x92, 62, 77])
    host.receive({ address: '/processnoteoff', values: [62, 0] })
    await expect.poll(() => sentOsc).toContainEqual({ address: '/stopnote', values: [62, 0] })
    expect(sentOsc.map(({ address }) => address)).toContain('/tradefours/state/key')

    fake.play('Keystation', [0x90, 64, 90])
    await expect.poll(() => sent).toContainEqual([0x92, 64, 90])
    host.stop()
    // Host and page both end the notes that the page holds.
    await expect.poll(() => sent).toContainEqual([0x82, 64, 0])
    await page.getByText(lost).waitFor()
    await page.waitForFunction(() => tradefours.sounding.value.length === 0)
    expect(await inputs(page)).toEqual([{ id: 'Keystation', name: 'Keystation', connected: false }])

    await host.restart()
    await page.getByText(lost).waitFor({ state: 'detached' })
    await expect.poll(() => inputs(page)).toMatchObject([{ connected: true }])
    fake.play('Keystation', [0x90, 67, 90])
    await expect.poll(() => sent).toContainEqual([0x92, 67, 90])
  })
})
