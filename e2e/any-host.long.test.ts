import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { extname, join } from 'node:path'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { text as panelText } from '../src/web/panels/text.ts'
import type { Stage } from '../src/web/stage.ts'
import { text } from '../src/web/text.ts'
import { stageFolder, stageServer } from './on-stage.ts'

const path = '/some/sub/path/'
const types: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

/** Requests for files that don't exist. */
const missed: string[] = []

/** A plain host that sends no headers but a file's type. */
async function plainHost(): Promise<Server> {
  const server = createServer(({ url = '' }, response) => {
    try {
      const { pathname } = new URL(url, 'http://localhost')
      if (!pathname.startsWith(path)) throw new Error('It is outside the path.')
      const file = pathname.slice(path.length) || 'index.html'
      const bytes = readFileSync(join(stageFolder, file))
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(bytes)
    } catch {
      missed.push(url)
      response.writeHead(404).end()
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}

const server = stageServer([], plainHost, path)

/** What the page offers to scripts. */
declare const tradefours: Stage

/** Plays a key until it sounds. */
async function play(page: Page) {
  await page.keyboard.down('a')
  await page.waitForFunction(() => tradefours.sounding.value.length > 0)
  await page.keyboard.up('a')
  await page.waitForFunction(() => tradefours.sounding.value.length === 0)
}

it('the stage plays from any web host, under any path, and offline after one visit', async () => {
  const { page, context, address } = await server.visit({ whole: true })
  await page.getByRole('button', { name: /let me play/i }).click()
  await page.waitForFunction(() => tradefours.loaded.value === 1)
  await play(page)
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
  expect(scope).toBe(address)
  await context.setOffline(true)
  await page.reload()
  await page.waitForFunction(() => tradefours.loaded.value === 1)
  await play(page)
  expect(missed).toEqual([])
})

it('the page follows its own content security policy', async () => {
  const { page } = await server.visit()
  await page.getByRole('button', { name: /let me play/i }).click()
  await page.waitForFunction(() => tradefours.loaded.value === 1)
  await page.evaluate(() => {
    tradefours.set('measures', 1)
    tradefours.set('count-in', 0)
    tradefours.dispatch({ type: 'chart', chart: 'Dm7b5 | G7#9' })
  })
  await page.keyboard.press('Digit1')
  await play(page)
  await page.waitForFunction(() => tradefours.session.value.material.loops.bass !== null)
  const { credits: _, diagnostics: __, ...panels } = text.panels
  for (const { label } of Object.values(panels)) {
    await page.getByRole('button', { name: label, exact: true }).click()
    await page.locator('.panel .content > *').first().waitFor()
    if (label === panels.score.label) await page.locator('.panel svg').first().waitFor()
    await page.getByRole('button', { name: panelText.panel.close, exact: true }).click()
  }
})

it('scripts that are not the page’s own do not run', async () => {
  // Any file of the host's, to have a context in which nobody listens for the errors that come.
  const { context, address } = await server.visit({ path: 'icon.svg' })
  const page = await context.newPage()
  await page.goto(address)
  const [directive, ran] = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective)),
    )
    document.head.append(Object.assign(document.createElement('script'), { text: 'globalThis.ran = true' }))
    return [await violation, 'ran' in globalThis]
  })
  expect([directive, ran]).toEqual(['script-src-elem', false])
})
