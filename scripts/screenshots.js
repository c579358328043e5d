/** `node scripts/screenshots.js`: pictures of the stage in its demonstration, for the README and the docs. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { openStageServer, reach, startDemonstration } from './stage-server.js'

const { module } = await runnerImport(fileURLToPath(new URL('../test/fakes/midi.ts', import.meta.url)))
const docs = fileURLToPath(new URL('../docs/', import.meta.url))
const setList = fileURLToPath(new URL('../examples/songs/set-list.json', import.meta.url))

/** In the middle of the second response. */
const response = 46

/** In the bridge of a song of 32 measures. */
const inBridge = 74

const server = await openStageServer()
const page = await server.visit(module.fakeMidiScript)
await startDemonstration(page)
await page.evaluate(plugIn)
const press = (/** @type {string} */ name) => page.getByRole('button', { name, exact: true }).click()
const capture = (/** @type {string} */ name) => page.screenshot({ path: `${docs}stage-${name}.png` })

await reach(page, response)
await capture('response')
await press('Score')
await page.locator('.panel svg').first().waitFor()
await capture('score')
await press('Settings')
await page.getByRole('tab', { name: 'MIDI' }).click()
await capture('midi')
await press('Take over')
await press('Songs')
await page.locator('.panel input[type=file]').setInputFiles(setList)
await press('Use it')
await page
  .getByRole('button', { name: /Undertow/ })
  .first()
  .click()
await press('undertow')
await page.locator('.panel .content').evaluate((content) => content.scrollTo(0, 0))
await capture('songs')
await press('Close')
await page.evaluate(playSong, standard())
await reach(page, inBridge)
await capture('chart')
await server.close()

/** A form of 32 measures, our own. */
function standard() {
  const a = 'Cm7 | F7 | Bbmaj7 | Ebmaj7 | Am7b5 | D7b9 | Gm6 | %'
  const bridge = 'Am7b5 | D7b9 | Gm6 | % | Cm7 | F7 | Bbmaj7 | Ebmaj7'
  const last = 'Am7b5 | D7b9 | Gm7 C7 | Fm7 Bb7 | Ebmaj7 | D7b9 | Gm6 | Am7b5 D7'
  const chart = `[A] ${a}\n[A2] ${a}\n[B] ${bridge}\n[C] ${last}`
  const section = { name: 'form', play: true, tempo: 300, metre: '4/4', chart }
  return { format: 'tradefours-song', version: 2, title: 'Thirty-two bars', sections: [section] }
}

/** Runs in the page. @param {any} song */
function playSong(song) {
  const { tradefours } = /** @type {any} */ (globalThis)
  tradefours.dispatch({ type: 'setList', songs: [song] })
}

/** Runs in the page: a keyboard that says that it is there, and a synthesiser that plays the bass. */
async function plugIn() {
  const { tradefours, fakeMidi } = /** @type {any} */ (globalThis)
  fakeMidi.allow()
  fakeMidi.plugIn('input', 'Keystation 49')
  fakeMidi.plugIn('output', 'Minilogue')
  tradefours.midi.route('bass', { inner: false, output: 'Minilogue', channel: 2 })
  const wheelAtRest = [0xb0, 1, 0]
  await new Promise((resolve) => setTimeout(resolve, 1000))
  fakeMidi.play('Keystation 49', wheelAtRest)
}
