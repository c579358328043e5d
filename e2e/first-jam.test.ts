import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { stageServer } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts. */
declare const tradefours: Stage

/** The names in docs/first-jam.md: what is bold or italic, without the headings of its steps. */
function namesInTheText(): string[] {
  const text = readFileSync(new URL('../docs/first-jam.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ')
  const names = [...text.matchAll(/\*\*([^*]+)\*\*|\b_([^_]+)_\b/g)].map(([, bold, italic]) => bold ?? italic ?? '')
  return [...new Set(names)].filter((name) => !name.endsWith('.'))
}

/** The texts on the page now. */
const namesOnThePage = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('#stage *')].map(({ textContent }) => textContent?.trim() ?? ''))

it('the first jam goes as its text says, and what it names is on the page', { timeout: 120_000 }, async () => {
  const { page } = await server.visit()
  const seen = new Set<string>()
  const look = async () => {
    for (const name of await namesOnThePage(page)) seen.add(name)
  }
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
  const strike = async (key: string) => {
    await page.keyboard.down(key)
    await page.waitForFunction(() => tradefours.sounding.value.length > 0)
    await page.keyboard.up(key)
    await page.waitForFunction(() => tradefours.sounding.value.length === 0)
  }
  await look()
  await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForFunction(() => tradefours.demo.caption.value !== null)
  await look()
  await press('Take over')
  await press('Clear all')
  await press('Panic')
  await look()

  await page.evaluate(() => tradefours.set('measures', 1))
  await press('Record bass')
  for (const key of ['z', 'c', 'v']) await strike(key)
  await page.waitForFunction(() => tradefours.session.value.material.loops.bass !== null)
  await press('New groove')
  await page.waitForFunction(() => tradefours.session.value.material.grooves.length === 1)
  await press('Record chords')
  for (const key of ['a', 'd', 'g']) await page.keyboard.down(key)
  await page.waitForFunction(() => tradefours.session.value.material.loops.chords !== null)
  for (const key of ['a', 'd', 'g']) await page.keyboard.up(key)

  await press('Improvise')
  await page.waitForFunction(() => tradefours.session.value.settings.improvise)
  await look()
  for (const key of ['a', 's', 'd']) await strike(key)
  await press('Hand over')
  await page.waitForFunction(() => tradefours.session.value.trading.trade.turn === 'response')
  await look()
  await page.keyboard.down('f')
  await page.waitForFunction(() => tradefours.sounding.value.some(({ by }) => by === 'machine'))
  await page.keyboard.up('f')

  await page.reload()
  await page.waitForFunction(() => tradefours.performances.stored.value.length > 0)
  await press('Files')
  await page.getByRole('button', { name: /^Continue/ }).waitFor()
  await look()
  expect(namesInTheText().filter((name) => !seen.has(name))).toEqual([])
})
