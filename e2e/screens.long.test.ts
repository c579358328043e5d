import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { player, stageServer } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts. */
declare const tradefours: Stage

/** As much of axe as is used here. */
type Axe = { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }

describe('the page', () => {
  it('has nothing that a screen reader can’t use, and fits screens, tablets and phones without scrolling', async () => {
    const { page } = await player(server)
    await page.evaluate(readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8'))
    const tabs = page.locator('.page-tabs .button')
    for (const [width, height] of [
      [1280, 720],
      [1366, 650],
      [810, 1080],
      [1080, 810],
      [1024, 600],
      // A phone, both ways, and a page at 200 %.
      [390, 844],
      [360, 640],
      [844, 390],
      [640, 360],
    ] as const) {
      await page.setViewportSize({ width, height })
      const isSmall = width < 736 || height < 640
      expect(await tabs.first().isVisible()).toBe(isSmall)
      for (const tab of isSmall ? await tabs.all() : [null]) {
        await tab?.click()
        const size = () => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]
        expect(await page.evaluate(size)).toEqual([width, height])
        expect(await page.evaluate(overflowing)).toEqual([])
      }
    }
    expect(await page.evaluate(barriers)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 720 })
    expect(await page.evaluate(barriers)).toEqual([])
  })

  it('loads each style sheet once, so that those of parts count for more', async () => {
    const { page } = await player(server)
    for (const name of ['Settings', 'Songs', 'Score']) {
      await page.getByRole('button', { name, exact: true }).click()
      await page.getByRole('dialog').getByRole('heading', { name, exact: true }).waitFor()
    }
    const sheets = await page.evaluate(() => [...document.styleSheets].map(({ href }) => href))
    expect(sheets).toEqual([...new Set(sheets)])
    expect(sheets.length).toBeGreaterThan(3)
  })
})

/** What reaches beyond the right edge. It runs in the page. */
function overflowing() {
  const isOver = (part: Element) => part.getBoundingClientRect().right > innerWidth + 1
  return [...document.querySelectorAll('.screen *:not(.playhead)')].filter(isOver).map(({ className }) => className)
}

/** What a screen reader can't use. It runs in the page. */
async function barriers() {
  const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
