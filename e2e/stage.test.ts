import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { player, stageServer, strike } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts. */
declare const tradefours: Stage

/** As much of axe as is used here. */
type Axe = { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }

/** The performances that the browser has stored, as text. */
const stored = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opened = indexedDB.open('tradefours')
        opened.onerror = reject
        opened.onsuccess = () => {
          const pieces = opened.result.transaction('performances').objectStore('performances').getAll()
          pieces.onerror = reject
          pieces.onsuccess = () => {
            opened.result.close()
            resolve(pieces.result.join(''))
          }
        }
      }),
  )

const material = (page: Page) =>
  page.evaluate(() => {
    const { material, trading, settings } = tradefours.session.value
    return {
      bass: material.loops.bass?.notes.map(({ pitch }) => pitch) ?? null,
      grooves: material.grooves.length,
      turn: trading.trade.turn,
      fixed: settings['fixed-groove'],
    }
  })

describe('the first visit', () => {
  it('starts the demonstration with one button, and it sounds', async () => {
    const { page } = await server.visit({ whole: true })
    await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
    await page.waitForFunction(() => tradefours.sound.level('bass') > 0.01)
    await page.waitForFunction(() => tradefours.demo.caption.value !== null)
    await page.waitForFunction(() => (tradefours.session.value.material.loops.bass?.notes.length ?? 0) > 5)
    await page.getByRole('button', { name: /Take over/ }).click()
    expect(await page.evaluate(() => tradefours.demo.caption.value)).toBeNull()
    expect(await page.evaluate(() => tradefours.session.value.transport.playing)).toBe(true)
  })
})

describe('the flow of the paper, by the computer’s keys', () => {
  it('goes from the bassline to the response, and survives a reload', async () => {
    const { page } = await player(server)
    await page.evaluate(() => {
      tradefours.set('tempo', 80)
      tradefours.set('measures', 1)
      tradefours.set('count-in', 0)
      tradefours.set('notes', 3)
      tradefours.set('live', false)
    })
    await page.keyboard.press('Digit1')
    for (const key of ['a', 'd', 'g']) await strike(page, key)
    await page.waitForFunction(() => tradefours.session.value.material.loops.bass !== null)
    expect(await material(page)).toMatchObject({ bass: [60, 64, 67], fixed: true })
    await page.keyboard.press('Digit3')
    await page.waitForFunction(() => tradefours.session.value.material.grooves.length === 1)
    await page.keyboard.press('Digit5')
    for (const key of ['a', 's', 'd']) await strike(page, key)
    await page.waitForFunction(() => tradefours.session.value.trading.trade.turn === 'response')
    const pitches = await page.evaluate(() => tradefours.session.value.trading.trade.queue)
    await page.keyboard.down('f')
    await page.waitForFunction(() => tradefours.sounding.value.some(({ by }) => by === 'machine'))
    expect(await page.evaluate(() => tradefours.sounding.value.find(({ by }) => by === 'machine'))).toMatchObject({
      key: 65,
      pitch: pitches[0],
    })
    await page.keyboard.up('f')
    await page.waitForFunction(() => tradefours.sounding.value.length === 0)

    await expect.poll(() => stored(page), { timeout: 30_000 }).toContain('"melody"')
    await page.reload()
    await page.waitForFunction(() => tradefours.performances.stored.value.length > 0)
    const trouble = await page.evaluate(() =>
      tradefours.performances.continue(tradefours.performances.stored.value[0]?.name ?? ''),
    )
    expect(trouble).toBeNull()
    await page.waitForFunction(() => tradefours.session.value.material.grooves.length === 1)
    expect(await material(page)).toMatchObject({ bass: [60, 64, 67], grooves: 1 })
  })
})

describe('the page', () => {
  it('has nothing that a screen reader can’t use, and fits screens and tablets without scrolling', async () => {
    const { page } = await player(server)
    const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run()
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
    })
    expect(found).toEqual([])
    for (const [width, height] of [
      [1280, 720],
      [810, 1080],
      [1080, 810],
    ] as const) {
      await page.setViewportSize({ width, height })
      const size = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ])
      expect(size).toEqual([width, height])
    }
  })

  it('plays on without a network after one visit', async () => {
    const { page, context } = await player(server, { whole: true })
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await context.setOffline(true)
    await page.reload()
    await page.waitForFunction(() => tradefours.loaded.value === 1)
    await strike(page, 'a', 200)
    await page.waitForFunction(() => tradefours.session.value.now > 0)
    await context.setOffline(false)
  })
})
