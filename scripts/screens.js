/**
 * `node scripts/screens.js FOLDER [BROWSER …]`: pictures of every screen of the page, at every size, in Chromium, Firefox and
 * WebKit, or in those that are named. It tells what reaches over an edge, too.
 */
/** @import { Visitor } from '../e2e/browsers/visitor.ts' */
/** @import { RunningBrowser } from '../e2e/browsers/tab.ts' */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { runnerImport } from 'vite'
import { chromium as executablePath } from './chromium.js'
import { serveBuiltStage } from './stage-server.js'

/** A page at 200 % of a screen of 1280 × 720 has half its pixels. */
const sizes = [
  [1280, 720],
  [1920, 1080],
  [1024, 600],
  [810, 1080],
  [360, 640],
  [390, 844],
  [844, 390],
  [640, 360],
]

/** @type {(file: string) => Promise<any>} */
const helper = async (file) =>
  (await runnerImport(fileURLToPath(new URL(`../e2e/browsers/${file}`, import.meta.url)))).module

/** @type {Record<string, () => Promise<RunningBrowser>>} */
const browsers = {
  async chromium() {
    const { playwrightTab } = await helper('playwright-tab.ts')
    const browser = await chromium.launch({ executablePath: executablePath(), args: ['--no-sandbox', '--mute-audio'] })
    return { newTab: async () => playwrightTab(await browser.newPage()), close: () => browser.close() }
  },
  firefox: async () => (await helper('firefox.ts')).startFirefox(),
  webkit: async () => (await helper('webkit.ts')).startWebKit(),
}

const [folder, ...named] = process.argv.slice(2)
if (folder === undefined) throw new Error('Say where the pictures go: node scripts/screens.js FOLDER')
const { visitStage } = await helper('visitor.ts')
const setList = JSON.parse(await readFile(new URL('../examples/songs/set-list.json', import.meta.url), 'utf8'))
for (const name of named.length > 0 ? named : Object.keys(browsers)) {
  const start = browsers[name]
  if (!start) throw new Error(`There is no ${name} here: choose from ${Object.keys(browsers).join(', ')}.`)
  await mkdir(join(folder, name), { recursive: true })
  const { address, close } = await serveBuiltStage()
  const browser = await start()
  const visitor = await visitStage(await browser.newTab(), address, close)
  await showAll(visitor, (screen, size, png) => writeFile(join(folder, name, `${screen} ${size}.png`), png, 'base64'))
  await browser.close()
  await close()
}

/**
 * Goes from screen to screen.
 *
 * @param {Visitor} visitor
 * @param {(screen: string, size: string, png: string) => Promise<void>} keep
 */
async function showAll({ tab, press, run, strike, until }, keep) {
  /** Shows a screen at every size, on a small one by these tabs. @param {string} screen @param {string[]} tabs */
  const show = async (screen, tabs = []) => {
    for (const [width = 0, height = 0] of sizes) {
      await tab.resize(width, height)
      const isSmall = await run(() => document.querySelector('.page-tabs')?.checkVisibility() ?? false)
      for (const shown of isSmall && tabs.length > 0 ? tabs : ['']) {
        await run(openTab, shown)
        const over = await run(reachesOver)
        const title = [screen, shown].filter(Boolean).join(' ')
        if (over.length > 0) console.info(`${title} at ${width} × ${height} reaches over an edge: ${over.join(', ')}`)
        await keep(title, `${width}x${height}`, await tab.picture())
      }
    }
    await tab.resize(1280, 720)
    await run(openTab, '')
  }
  const all = ['Play', 'Bass', 'Drums', 'Chords', 'Lead', 'Setup']

  await until(() => /** @type {any} */ (globalThis).tradefours.loaded.value === 1)
  await show('welcome')
  await press('Play')
  await until(() => /** @type {any} */ (globalThis).tradefours.session.value.settings.improvise)
  await show('demonstration', ['Play'])
  await press('Take over')
  await run(() => {
    const { tradefours } = /** @type {any} */ (globalThis)
    tradefours.set('hand-over', 'pedal')
  })
  for (const key of ['a', 'd', 'g', 'f']) await strike(key)
  await show('call', ['Play', 'Lead'])
  await press('Hand over')
  for (const key of ['d', 'g', 'f']) await strike(key)
  await show('response', all)
  await run(() => {
    document.documentElement.style.filter = 'grayscale(1)'
  })
  await show('greyscale', ['Play', 'Lead'])
  await run(() => document.documentElement.removeAttribute('style'))
  await press('View')
  await show('view')
  await press('Close')
  for (const name of ['Score', 'You', 'Files', 'Help']) {
    await press(name)
    await until(() => !/One moment/.test(document.querySelector('.panel .content')?.textContent ?? 'One moment'))
    await show(name)
    await press('Close')
  }
  for (const name of ['Diagnostics', 'Credits']) {
    await press('Help')
    await press(name)
    await show(name)
    await press('Close')
  }
  await press('Settings')
  for (const page of ['Playing', 'Sound', 'MIDI', 'Microphone', 'Controls']) {
    await press(page)
    await show(`Settings ${page}`)
  }
  await press('Close')
  await press('Learn')
  await press('Record bass')
  await show('learn', ['Play', 'Bass'])
  await press('Learn')
  await run(refuseStorage)
  await strike('a')
  await until(() => /** @type {any} */ (globalThis).tradefours.performances.trouble.value !== null)
  await show('notice', ['Play', 'Setup'])
  await press('Improvise')
  await press('Clear all')
  await press('Stop')
  await show('empty', all)
  await run(playSongs, [
    { format: 'tradefours-song', version: 2, title: 'Thirty-two bars', sections: [form()] },
    ...setList.songs,
  ])
  await show('chart', ['Play', 'Chords'])
  await press('Songs')
  await show('Songs')
}

/** A form of 32 measures, our own. */
function form() {
  const a = 'Cm7 | F7 | Bbmaj7 | Ebmaj7 | Am7b5 | D7b9 | Gm6 | %'
  const bridge = 'Am7b5 | D7b9 | Gm6 | % | Cm7 | F7 | Bbmaj7 | Ebmaj7'
  const last = 'Am7b5 | D7b9 | Gm7 C7 | Fm7 Bb7 | Ebmaj7 | D7b9 | Gm6 | Am7b5 D7'
  return {
    name: 'form',
    play: true,
    tempo: 180,
    metre: '4/4',
    chart: `[A] ${a}\n[A2] ${a}\n[B] ${bridge}\n[C] ${last}`,
  }
}

/** Runs in the page. @param {any[]} songs */
function playSongs(songs) {
  const { tradefours } = /** @type {any} */ (globalThis)
  tradefours.dispatch({ type: 'setList', songs })
}

/** Runs in the page: its storage is full. */
function refuseStorage() {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
}

/** Runs in the page: opens a tab of a small screen, and waits until everything is drawn. @param {string} name */
async function openTab(name) {
  const tabs = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.page-tabs button'))
  ;[...tabs].find(({ textContent }) => textContent === name)?.click()
  await new Promise((resolve) => setTimeout(resolve, 250))
}

/** Runs in the page: what can't be seen whole, and can't be scrolled to. */
function reachesOver() {
  const { scrollWidth, scrollHeight } = document.documentElement
  const isOver = (/** @type {Element} */ part) => part.getBoundingClientRect().right > innerWidth + 1
  const parts = [...document.querySelectorAll('.screen *:not(.playhead, .playhead *), .welcome *')].filter(isOver)
  const page =
    scrollWidth > innerWidth || scrollHeight > innerHeight ? [`the page (${scrollWidth} × ${scrollHeight})`] : []
  return [...page, ...new Set(parts.map(({ className, tagName }) => `${tagName}.${className}`))]
}
