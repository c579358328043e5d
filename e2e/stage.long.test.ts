import { describe, expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { player, stageServer, strike } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts. */
declare const tradefours: Stage

describe('another performance', () => {
  it('has nothing of the demonstration during which it was started', async () => {
    const { page } = await server.visit()
    await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
    await page.waitForFunction(() => tradefours.demo.caption.value !== null)
    await page.waitForFunction(() => (tradefours.session.value.material.loops.bass?.notes.length ?? 0) > 5)
    expect(await page.evaluate(() => tradefours.performances.startAnew())).toBeNull()
    expect(await page.evaluate(() => tradefours.demo.caption.value)).toBeNull()
    await page.waitForFunction(() => tradefours.session.value.material.loops.bass === null)
    expect(await page.evaluate(() => tradefours.recent())).toEqual([])
    await strike(page, 'a')
    await page.waitForFunction(() => tradefours.recent().length > 0)
    expect(await page.evaluate(() => tradefours.recent().map(({ pitch }) => pitch))).toEqual([60])
  })
})

describe('the page', () => {
  it('goes on when the worker dies in the middle of it', async () => {
    const { page } = await player(server)
    await page.evaluate(() => tradefours.set('count-in', 0))
    await page.keyboard.press('Digit1')
    await strike(page, 'a')
    await page.keyboard.press('Digit3')
    await page.keyboard.press('Digit3')
    for (const worker of page.workers()) {
      if (worker.url().includes('web-worker'))
        await worker
          .evaluate(() =>
            setTimeout(() => {
              throw new Error('killed')
            }),
          )
          .catch(() => {})
    }
    await page.waitForFunction(() => tradefours.position().beat > 9, undefined, { polling: 20 })
    await page.keyboard.press('Digit3')
    await page.waitForFunction(() => tradefours.session.value.material.grooves.length > 0)
  })

  it('caches its own files, and deletes only its own older caches', async () => {
    const others = ['another app', 'tradefours http://localhost/elsewhere/ 1']
    const { page, address } = await server.visit({ path: 'LICENSE', whole: true })
    const older = `tradefours ${address} 0`
    await page.evaluate((names) => Promise.all(names.map((name) => caches.open(name))), [...others, older])
    await page.goto(address)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    const names = await page.evaluate(() => caches.keys())
    expect(names).toEqual([...others, expect.stringContaining(`tradefours ${address} `)])
    expect(names).not.toContain(older)
  })
})
