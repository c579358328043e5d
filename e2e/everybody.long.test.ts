/** Whether everybody can use every screen, at every size: by touch, by keys and by a screen reader, as far as axe can tell. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { player, stageServer } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts. */
declare const tradefours: Stage

/** As much of axe as is used here. */
type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** What opens a panel, and leads on from there. */
const panels: Readonly<Record<string, readonly string[]>> = {
  F2: [],
  F4: [],
  F6: [],
  F7: ['In pictures', 'Keep and forget'],
  F8: ['Sound', 'MIDI', 'Microphone', 'Controls'],
  F9: [],
  F10: [],
  '?': ['Credits: sounds, music and code by others'],
}

const sizes = [
  [1280, 720],
  [1024, 600],
  [810, 1080],
  [390, 844],
  [844, 390],
] as const

describe.each(sizes)('everybody, on a touched screen of %i × %i,', (width, height) => {
  it('finds nothing on it that a finger misses or a screen reader can’t use', { timeout: 240_000 }, async () => {
    const { page } = await player(server, { width, height, touch: true })
    await page.evaluate(axe)
    const troubles: string[] = []
    const look = async (where: string) => {
      const found = [...(await page.evaluate(barriers)), ...(await page.evaluate(missed))]
      troubles.push(...found.map((trouble) => `${where}: ${trouble}`))
    }
    const tabs = page.locator('.page-tabs .button')
    for (const tab of (await tabs.first().isVisible()) ? await tabs.all() : [null]) {
      await tab?.tap()
      await look((await tab?.innerText()) ?? 'the page')
    }
    for (const [key, pages] of Object.entries(panels)) {
      await page.keyboard.press(key)
      await opened(page)
      await look(key)
      for (const name of pages) {
        await page.locator('.panel').getByText(name, { exact: true }).click()
        await opened(page)
        await look(`${key} ${name}`)
      }
      await page.keyboard.press('Escape')
      await page.locator('.panel').waitFor({ state: 'detached' })
    }
    expect(troubles).toEqual([])
  })
})

it('everything in a panel is reached by the keyboard alone, and so are the tabs of a phone', async () => {
  const { page } = await player(server, { width: 390, height: 844 })
  await page.getByRole('button', { name: 'Lead', exact: true }).focus()
  await page.keyboard.press('Enter')
  expect(await page.locator('.screen').getAttribute('data-tab')).toBe('lead')
  for (const key of Object.keys(panels)) {
    await page.keyboard.press(key)
    await opened(page)
    const all = await page.evaluate(() => document.querySelectorAll('.panel :is(button, input, select):enabled').length)
    for (let presses = 0; presses < 4 * all; presses++) {
      await page.keyboard.press('Tab')
      await page.evaluate(() => document.activeElement?.setAttribute('data-reached', ''))
    }
    const unreached = await page.evaluate(() =>
      [...document.querySelectorAll('.panel :is(button, input, select):enabled:not([data-reached], [tabindex="-1"])')]
        .filter((each) => each.checkVisibility())
        .map(({ outerHTML }) => outerHTML),
    )
    expect(unreached, key).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.panel').waitFor({ state: 'detached' })
  }
  expect(await page.evaluate(() => tradefours.session.value.transport.playing)).toBe(false)
})

/** Waits until a panel shows what is in it. */
async function opened(page: Page): Promise<void> {
  await page.locator('.panel .content > :not(:text("One moment"))').first().waitFor()
  await page.waitForTimeout(150)
}

/** What a screen reader can't use. It runs in the page. */
async function barriers() {
  const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** What is too small for a finger. It runs in the page. */
function missed() {
  const touched = 'button, select, input:not([type=file]), textarea, label.file, [role="slider"]'
  return [...document.querySelectorAll(`.screen :is(${touched})`)]
    .filter((each) => each.checkVisibility())
    .flatMap((each) => {
      const { width, height } = each.getBoundingClientRect()
      const size = `${Math.round(width)} × ${Math.round(height)}`
      return Math.min(width, height) < 43.9 ? [`${size}: ${each.outerHTML.slice(0, 160)}`] : []
    })
}
