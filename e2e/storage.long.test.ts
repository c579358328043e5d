import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { stageServer } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts. */
declare const tradefours: Stage

async function strike(page: Page, key: string) {
  await page.keyboard.down(key)
  await page.waitForFunction(() => tradefours.sounding.value.length > 0)
  await page.keyboard.up(key)
}

/** Somebody who has played a note, which is stored. */
async function player() {
  const visit = await server.visit()
  const { page } = visit
  await page.getByRole('button', { name: 'Let me play' }).click()
  await strike(page, 'a')
  await expect.poll(() => pieces(page)).toBeGreaterThan(0)
  return visit
}

/** How many pieces of performances the browser has stored, or what is left of them after something was done to them. */
const pieces = (page: Page, command: 'count' | 'clear' = 'count') =>
  page.evaluate(
    (what) =>
      new Promise<number>((resolve) => {
        const opened = indexedDB.open('tradefours')
        opened.onsuccess = () => {
          const store = opened.result.transaction('performances', 'readwrite').objectStore('performances')
          if (what === 'clear') store.clear()
          const counted = store.count()
          counted.onsuccess = () => {
            opened.result.close()
            resolve(counted.result)
          }
        }
      }),
    command,
  )

it('two tabs: the other one is told who plays a performance, and goes on with it once that tab is closed', async () => {
  const { page, context } = await player()
  const other = await context.newPage()
  await other.goto(page.url())
  await other.waitForFunction(() => tradefours.loaded.value === 1)
  expect(await other.evaluate(() => tradefours.performances.stored.value)).toEqual([])
  await page.reload()
  await page.getByRole('button', { name: 'Go on where you were' }).click()
  await page.waitForFunction(() => tradefours.performances.last.value === null)
  await strike(page, 's')
  const held = () =>
    other.evaluate(async () => (await navigator.locks.query()).held?.map(({ name = '' }) => name) ?? [])
  const names = (await held()).map((name) => name.replace('tradefours performance ', ''))
  const refusals = await other.evaluate(
    (of) => Promise.all(of.map((name) => tradefours.performances.continue(name))),
    names,
  )
  expect(new Set(refusals)).toEqual(
    new Set(['Another tab plays that performance. Go on there, or close that tab first.']),
  )
  await page.close()
  await expect.poll(async () => (await held()).length).toBeLessThan(names.length)
  await other.reload()
  await other.getByRole('button', { name: 'Go on where you were' }).click()
  await other.waitForFunction(() => tradefours.session.value.now > 0)
})

it('a storage that is full is said, and what was played is stored once there is room', async () => {
  const { page } = await player()
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    Object.assign(globalThis, {
      makeRoom() {
        IDBObjectStore.prototype.put = put
      },
    })
  })
  await strike(page, 's')
  const warning = page.getByText('Save it as a file under Files, or it will be lost.')
  await warning.waitFor()
  await page.evaluate(() => (globalThis as unknown as { makeRoom(): void }).makeRoom())
  await strike(page, 'd')
  await warning.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('button', { name: 'Go on where you were' }).click()
  await page.waitForFunction(() => tradefours.session.value.now > 0)
})

it('a storage that the browser has deleted is said, and the performance is stored anew', async () => {
  const { page } = await player()
  expect(await pieces(page, 'clear')).toBe(0)
  await strike(page, 's')
  await page.getByText('This performance is stored anew').waitFor()
  await expect.poll(() => pieces(page)).toBeGreaterThan(0)
  await page.reload()
  await page.getByRole('button', { name: 'Go on where you were' }).click()
  await page.waitForFunction(() => tradefours.session.value.now > 0)
})
