/**
 * `node bench/stage.js [notes]`: what a key costs on the stage, in Chromium, from its arrival at a fake MIDI input to the
 * note at a fake MIDI output, 16 a second, while the drum model makes one groove after the other. Live and classic.
 */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { runnerImport } from 'vite'
import { build, buildStage } from '../scripts/build.js'
import { chromium as executablePath } from '../scripts/chromium.js'

build()
buildStage()
const { serveStage } = await import('../dist/cli/serve-command.js')
const { module } = await runnerImport(fileURLToPath(new URL('../src/testing/fake-midi.ts', import.meta.url)))
const notes = Number(process.argv[2] ?? 2000)

const server = await serveStage(fileURLToPath(new URL('../dist/stage/', import.meta.url)), 0)
const browser = await chromium.launch({ executablePath: executablePath(), args: ['--no-sandbox', '--mute-audio'] })
for (const mode of ['live', 'classic']) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  await page.addInitScript(module.fakeMidiScript)
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  await page.goto(`http://localhost:${port}/`)
  await page.getByRole('button', { name: /let me play/i }).click()
  await page.waitForFunction(() => /** @type {any} */ (globalThis).tradefours.loaded.value === 1)
  const { delays, blocked, grooves, missed, machine } = await page.evaluate(measure, { mode, notes })
  const sorted = delays.toSorted((a, b) => a - b)
  const at = (/** @type {number} */ part) => sorted[Math.floor(part * (sorted.length - 1))]?.toFixed(2)
  console.info(`${mode}: ${sorted.length} notes, ${machine} of them the machine's, while ${grooves} grooves were made`)
  console.info(`  key to note: median ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`)
  console.info(`  longest gap of the main thread ${blocked.toFixed(1)} ms; notes of loops missed: ${missed}`)
  await page.close()
}
await browser.close()
server.close()
server.closeAllConnections()

/**
 * Runs in the page.
 *
 * @param {{ mode: string, notes: number }} what
 */
async function measure({ mode, notes }) {
  const { tradefours, fakeMidi } = /** @type {any} */ (globalThis)
  const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))
  fakeMidi.plugIn('input', 'Keys')
  fakeMidi.plugIn('output', 'Synth')
  tradefours.midi.route('solo', { inner: true, output: 'Synth', channel: 3 })
  await wait(200)
  const set = (/** @type {string} */ id, /** @type {number} */ value) => tradefours.act(id, value)
  const press = (/** @type {number} */ pitch) => fakeMidi.play('Keys', [0x90, pitch, 90])
  const lift = (/** @type {number} */ pitch) => fakeMidi.play('Keys', [0x80, pitch, 0])
  set('count-in', 0)
  tradefours.act('record-bass')
  press(40)
  await wait(100)
  lift(40)
  await wait(4300)
  set('live', mode === 'live' ? 1 : 0)
  set('notes', 20)
  set('improvise', 1)
  const delays = []
  let blocked = 0
  let last = performance.now()
  const watch = new MessageChannel()
  watch.port1.onmessage = () => {
    const now = performance.now()
    blocked = Math.max(blocked, now - last)
    last = now
    watch.port2.postMessage(null)
  }
  watch.port2.postMessage(null)
  let grooves = 0
  let machine = 0
  const start = performance.now()
  for (let note = 0; note < notes; note++) {
    if (tradefours.session.value.grooves.asked === null) {
      tradefours.act('new-groove')
      grooves++
    }
    const pitch = 55 + ((7 * note) % 24)
    const before = fakeMidi.sent('Synth').length
    const pressed = performance.now()
    press(pitch)
    const sent = fakeMidi
      .sent('Synth')
      .slice(before)
      .find((/** @type {any} */ { bytes }) => bytes[0] === 0x92)
    delays.push(sent ? sent.sentAt - pressed : Number.NaN)
    if (sent && sent.bytes[1] !== pitch) machine++
    await wait(30)
    lift(pitch)
    await wait(Math.max(0, start + (note + 1) * 62.5 - performance.now()))
  }
  watch.port1.close()
  return {
    delays: delays.filter((delay) => !Number.isNaN(delay)),
    blocked,
    grooves,
    machine,
    missed: tradefours.trust().trust.missed,
  }
}
