import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { type FakeMidi, fakeMidiScript } from '../test/fakes/midi.ts'
import { stageServer } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts, and its fake MIDI. */
declare const tradefours: Stage
declare const fakeMidi: FakeMidi

/** A page with a keyboard and a synthesizer, which plays the solo on channel 3. */
async function pageWithDevices(): Promise<Page> {
  const { page } = await server.visit({ init: fakeMidiScript })
  await page.waitForFunction(() => tradefours.loaded.value === 1)
  expect(await page.evaluate(() => fakeMidi.asked.length)).toBe(0)
  await page.getByRole('button', { name: /let me play/i }).click()
  await page.waitForFunction(() => tradefours.midi.isOpen.value)
  await page.evaluate(() => {
    fakeMidi.plugIn('input', 'Keys')
    fakeMidi.plugIn('output', 'Synth')
    tradefours.midi.route('lead', { inner: false, output: 'Synth', channel: 3 })
    tradefours.midi.route('bass', { inner: true, output: 'Synth', channel: 1 })
  })
  await page.waitForFunction(() => tradefours.midi.inputs.value.some(({ connected }) => connected))
  return page
}

const sent = (page: Page) => page.evaluate(() => fakeMidi.sent('Synth').map(({ bytes }) => bytes.join(' ')))

describe('a keyboard and a synthesizer', () => {
  it('play the performer’s notes, and then the machine’s in their place', async () => {
    const page = await pageWithDevices()
    await page.evaluate(() => {
      for (const [action, value] of [
        ['live', false],
        ['notes', 2],
        ['improvise', true],
      ] as const)
        tradefours.set(action, value)
      for (const pitch of [60, 64]) {
        fakeMidi.play('Keys', [0x90, pitch, 90])
        fakeMidi.play('Keys', [0x80, pitch, 0])
      }
    })
    await page.waitForFunction(() => tradefours.session.value.trading.trade.turn === 'response')
    const [answer] = await page.evaluate(() => {
      const { queue } = tradefours.session.value.trading.trade
      fakeMidi.play('Keys', [0x90, 67, 77])
      fakeMidi.play('Keys', [0x80, 67, 0])
      return queue
    })
    const notes = (await sent(page)).filter((bytes) => bytes.startsWith('146'))
    expect(notes).toEqual(['146 60 90', '146 64 90', `146 ${answer} 77`])
    const ends = (await sent(page)).filter((bytes) => bytes.startsWith('130'))
    expect(ends.map((bytes) => bytes.split(' ')[1])).toEqual(['60', '64', String(answer)])
  })

  it('leave no note hanging when the cable is pulled in the middle of it', async () => {
    const page = await pageWithDevices()
    await page.evaluate(() => {
      fakeMidi.play('Keys', [0x90, 60, 90])
      fakeMidi.play('Keys', [0xb0, 64, 127])
      fakeMidi.unplug('input', 'Keys')
    })
    await page.waitForFunction(() => tradefours.session.value.keys.voices.length === 0)
    expect((await sent(page)).some((bytes) => bytes.startsWith('130 60'))).toBe(true)
    await page.evaluate(() => {
      fakeMidi.plugIn('input', 'Keys')
      fakeMidi.play('Keys', [0x90, 62, 90])
    })
    await page.waitForFunction(() => tradefours.sounding.value.some(({ pitch }) => pitch === 62))
  })

  it('leave no note hanging when another performance is begun in the middle of it', async () => {
    const page = await pageWithDevices()
    await page.evaluate(() => {
      fakeMidi.play('Keys', [0x90, 60, 90])
      return tradefours.performances.startAnew()
    })
    await page.waitForFunction(() => tradefours.sounding.value.length === 0)
    expect((await sent(page)).filter((bytes) => bytes.endsWith(' 60 90') || bytes.startsWith('130 60'))).toHaveLength(2)
  })

  it('learn: the control, then the key', async () => {
    const page = await pageWithDevices()
    await page.evaluate(() => {
      tradefours.dispatch({ type: 'learn', action: 'tap' })
      fakeMidi.play('Keys', [0xb0, 41, 127])
      fakeMidi.play('Keys', [0xb0, 41, 0])
    })
    await page.waitForFunction(() => tradefours.session.value.controls.bindings['cc 41 ch 1'] === 'tap')
  })
})
