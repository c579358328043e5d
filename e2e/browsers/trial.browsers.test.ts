import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium as playwright } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../../scripts/chromium.js'
import { writePerformance } from '../../src/session/index.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runCli } from '../../test/run-cli.ts'
import { startFirefox } from './firefox.ts'
import { playwrightTab } from './playwright-tab.ts'
import type { RunningBrowser } from './tab.ts'
import { startWebKit } from './webkit.ts'

const seconds = 2
let folder: string
const path = (name: string) => join(folder, name)

/** A simulated evening: two performers over a chart, with the band. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-trial-'))
  const files = [1, 1 / 2].map((step, index) => {
    const performer = new Performer().do({ type: 'chart', chart: 'Cm7 | F7' }).act('count-in', 0)
    performer.act('source-bass', 'band').act('play')
    const line = Array.from({ length: 8 }, (_, at) => note(at * step, 60 + 2 * at, step / 2))
    performer.play(line).wait(6).act('stop')
    writeFileSync(path(`${index}.tradefours`), writePerformance({ seed: index, events: performer.events }))
    return path(`${index}.tradefours`)
  })
  const { err } = await runCli('trial', ...files, '-o', path('trial'), '--seconds', `${seconds}`)
  expect(err).toBe('')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Fills the questionnaire in by its own controls, and catches the file that it gives. */
const fill = (listener: string) => `(async () => {
  for (const sound of document.querySelectorAll('audio')) {
    sound.preload = 'metadata'
    sound.load()
    if (!(sound.duration > 0)) await new Promise((loaded, failed) => {
      sound.onloadedmetadata = loaded
      sound.onerror = () => failed(new Error(sound.error.message))
    })
    if (Math.abs(sound.duration - ${seconds}) > 0.05) throw new Error('A clip lasts ' + sound.duration)
  }
  const saved = new Promise((found) => {
    const { createObjectURL } = URL
    URL.createObjectURL = (blob) => {
      blob.text().then(found)
      return createObjectURL.call(URL, blob)
    }
  })
  const save = document.querySelector('button')
  save.click()
  if (document.querySelector('[role=status]').textContent !== '') throw new Error('What is empty was saved.')
  document.querySelector('[name=listener]').value = '${listener}'
  const scales = document.querySelectorAll('fieldset')
  for (const [index, scale] of scales.entries()) scale.querySelectorAll('input')[index % 7].click()
  save.click()
  const text = await saved
  if (!document.querySelector('[role=status]').textContent.startsWith('Thank you')) throw new Error('Nobody said thanks.')
  return text
})()`

async function startChromium(): Promise<RunningBrowser> {
  const browser = await playwright.launch({ executablePath: chromium(), args: ['--no-sandbox', '--disable-gpu'] })
  return { newTab: async () => playwrightTab(await browser.newPage()), close: () => browser.close() }
}

const answers: string[] = []

describe.each([
  ['Chromium', startChromium],
  ['Firefox', startFirefox],
  ['WebKit', startWebKit],
])('the listening test in %s', (name, start) => {
  let browser: RunningBrowser
  beforeAll(async () => {
    browser = await start()
  })
  afterAll(() => browser?.close())

  it('loads every clip from a folder, asks for all of them, and gives a file of answers', async () => {
    const tab = await browser.newTab()
    await tab.open(pathToFileURL(path('trial/listen/index.html')).href)
    const text = await tab.evaluate(fill(name))
    const { ratings, listener } = JSON.parse(text)
    expect(listener).toBe(name)
    const { clips } = JSON.parse(readFileSync(path('trial/key.json'), 'utf8'))
    expect(Object.keys(ratings).sort()).toEqual(Object.keys(clips).sort())
    answers.push(path(`${name}.json`))
    writeFileSync(path(`${name}.json`), text)
    await tab.close()
  })
})

it('the answers of all of them are scored', async () => {
  expect(answers).toHaveLength(3)
  const { out, err } = await runCli('trial', '--score', path('trial'), ...answers, '--json')
  expect(err).toBe('')
  const { listeners, comparisons } = JSON.parse(out)
  expect(listeners).toBe(3)
  expect(comparisons.map(({ comparison }: { comparison: string }) => comparison)).toEqual(['band', 'solo', 'memory'])
})
