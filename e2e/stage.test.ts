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
    // A phone scrolls, but not sideways.
    for (const [width, height] of [
      [360, 640],
      [390, 844],
      [844, 390],
      [712, 900],
    ] as const) {
      await page.setViewportSize({ width, height })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      const overflowing = page.evaluate(() => {
        const isOver = (part: Element) => part.getBoundingClientRect().right > innerWidth + 1
        return [...document.querySelectorAll('.screen *')].filter(isOver).map(({ className }) => className)
      })
      expect(await overflowing).toEqual([])
    }
  })
})
