/**
 * `node bench/stage.js [notes]`: how long a key takes on the page, in Chromium, from a fake MIDI input to the note at a fake
 * MIDI output, 16 keys a second, over a band; live and classic, first alone, then while the drum model makes grooves without a pause, then
 * with 2,000 bends and aftertouches a second beside that. At the end: how long a measure of the band takes to plan.
 * Real time includes what other programs take; the page's own processor time does not.
 */
/** @import { Page } from 'playwright' */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { arrange, bandStyles, formOf, measureOf } from '../dist/band/index.js'
import { parseChord, parseMetre } from '../dist/music/index.js'
import { openStageServer, startPlaying } from '../scripts/stage-server.js'
import { quantile } from './quantile.js'
import { tasksOf, traceMain } from './trace.js'

const { module } = await runnerImport(fileURLToPath(new URL('../test/fakes/midi.ts', import.meta.url)))
const notes = Number(process.argv[2] ?? 2000)
/** So many measures are planned before the code is compiled for good. */
const warmUp = 500
/** What the page marks in the trace. */
const marks = { key: 'a key comes', note: 'its note leaves' }

const server = await openStageServer()
for (const mode of ['live', 'classic']) {
  const page = await server.visit(module.fakeMidiScript)
  await startPlaying(page)
  await page.evaluate(prepare, { mode, marks })
  for (const { busy, rate } of [
    { busy: false, rate: 0 },
    { busy: true, rate: 0 },
    { busy: true, rate: 2000 },
  ]) {
    const endTracing = await traceTasks(page)
    const measured = await page.evaluate(measure, { notes, busy, rate, marks })
    const { delays, grooves, during, missed, machine, moves, moved } = measured
    const { tasks, keys } = await endTracing()
    console.info(
      `${mode}, ${grooves} grooves made, ${during} keys meanwhile: ${delays.length} notes, ${machine} of them the machine's`,
    )
    for (const [clock, times] of Object.entries({ 'real time': delays, 'processor time': keys })) {
      const [median, high, most] = [0.5, 0.99, 1].map((share) => quantile(times, share))
      console.info(`  key to note, ${clock}: median ${median} ms, p99 ${high} ms, most ${most} ms`)
    }
    console.info(`  notes of loops missed: ${missed}`)
    if (rate > 0) {
      console.info(
        `  ${moves} bends and aftertouches, ${rate} a second; ${moves - moved} lost on the way to the output`,
      )
    }
    const long = tasks.filter((ms) => ms > 5).length
    console.info(
      `  main thread: ${tasks.length} tasks, longest ${quantile(tasks, 1)} ms of processor time, ${long} over 5 ms`,
    )
  }
  await page.context().close()
}
await server.close()
planMeasures()

/**
 * Plans measures of bass and chords in every style and in five metres, each after up to 48 others, as the models' worker does.
 * Each is planned three times, and the least counts: Node tells the time of all threads of the process, and some of them
 * compile and collect garbage meanwhile.
 */
function planMeasures() {
  const symbols = ['Dm7', 'G7', 'Cmaj7', 'A7b9']
  /** @type {number[]} */
  const times = []
  for (const text of ['4/4', '3/4', '5/4', '7/8', '12/8']) {
    const metre = parseMetre(text)
    const chart = symbols.map((symbol) => ({ metre, section: null, chords: [{ beat: 0, chord: parseChord(symbol) }] }))
    const measures = arrange(formOf(chart), 16)
    for (const style of bandStyles) {
      /** @type {Record<'bass' | 'comping', import('../dist/band/index.js').PlayedMeasure[]>} */
      const played = { bass: [], comping: [] }
      for (const [measure, arranged] of measures.entries()) {
        for (const part of /** @type {const} */ (['bass', 'comping'])) {
          const brief = { ...arranged, measure, style, seed: 1, bpm: style.bpm, intensity: 0.7 }
          const before = played[part].slice(-48)
          const tries = [0, 1, 2].map(() => {
            const begin = process.cpuUsage()
            const notes = measureOf(part, brief, before)
            return { notes, ms: process.cpuUsage(begin).user / 1000 }
          })
          times.push(Math.min(...tries.map(({ ms }) => ms)))
          played[part].push({ now: arranged.now, notes: tries[0]?.notes ?? [] })
        }
      }
    }
  }
  const warm = times.slice(warmUp)
  const [median, high, most] = [0.5, 0.99, 1].map((share) => quantile(warm, share))
  console.info(
    `a measure of bass or chords, planned, processor time: median ${median} ms, p99 ${high} ms, most ${most} ms of ${warm.length}`,
  )
}

/**
 * Traces the main thread: the processor time of each task, and from each key to its note, in milliseconds. What other
 * programs take does not count.
 *
 * @param {Page} page
 */
async function traceTasks(page) {
  const end = await traceMain(page)
  return async () => {
    const main = await end()
    const marked = main.filter(({ name }) => name === marks.key || name === marks.note)
    return {
      tasks: tasksOf(main).map(({ tdur = 0 }) => tdur / 1000),
      keys: marked.flatMap(({ name, tts }, index) => {
        const next = marked[index + 1]
        return name === marks.key && next?.name === marks.note ? [(next.tts - tts) / 1000] : []
      }),
    }
  }
}

/**
 * Runs in the page: records a bass loop, lets the band play bass and chords, and routes the solo to a MIDI output that marks each note.
 *
 * @param {{ mode: string, marks: { note: string } }} what
 */
async function prepare({ mode, marks }) {
  const { tradefours, fakeMidi } = /** @type {any} */ (globalThis)
  const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))
  fakeMidi.plugIn('input', 'Keys')
  fakeMidi.plugIn('output', 'Synth')
  for (const port of (await navigator.requestMIDIAccess()).outputs.values()) {
    const send = port.send.bind(port)
    port.send = (bytes, timeStamp) => {
      send(bytes, timeStamp)
      if (bytes[0] === 0x92) performance.mark(marks.note)
    }
  }
  tradefours.midi.route('lead', { inner: true, output: 'Synth', channel: 3 })
  await wait(200)
  tradefours.set('count-in', 0)
  tradefours.act('record-bass')
  fakeMidi.play('Keys', [0x90, 40, 90])
  await wait(100)
  fakeMidi.play('Keys', [0x80, 40, 0])
  await wait(4300)
  tradefours.dispatch({ type: 'chart', chart: 'Dm7 | G7 | Cmaj7 | A7b9' })
  tradefours.set('source-bass', 'band')
  tradefours.set('source-chords', 'band')
  tradefours.set('live', mode === 'live')
  tradefours.set('hand-over', 'count')
  tradefours.set('notes', 20)
  tradefours.set('improvise', true)
}

/**
 * Runs in the page.
 *
 * @param {{ notes: number, busy: boolean, rate: number, marks: { key: string } }} what
 */
async function measure({ notes, busy, rate, marks }) {
  const { tradefours, fakeMidi } = /** @type {any} */ (globalThis)
  const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const delays = []
  let grooves = 0
  let machine = 0
  let during = 0
  /** How many milliseconds before a key a groove is requested, so that the key comes in the middle of it. */
  const headStart = 6
  const start = performance.now()
  let moves = 0
  /** A hand-over sets wheels back, which is nobody's move: none of ours has a 0 in that place. */
  const isMove = (/** @type {any} */ { bytes }) => (bytes[0] === 0xe2 || bytes[0] === 0xd2) && bytes[1] > 0
  const sentBefore = fakeMidi.sent('Synth').length
  /** As many as are due: a timer comes each few milliseconds. */
  const move = () => {
    for (const due = ((performance.now() - start) * rate) / 1000; moves < due; moves++) {
      const low = 1 + (moves % 127)
      fakeMidi.play('Keys', moves % 2 ? [0xd0, low] : [0xe0, low, (moves >> 4) & 0x7f])
    }
  }
  const hands = rate > 0 ? setInterval(move, 1) : undefined
  const missedBefore = tradefours.diagnostics().missed
  for (let note = 0; note < notes; note++) {
    const due = start + (note + 1) * 62.5
    await wait(Math.max(0, due - headStart - performance.now()))
    if (busy && !tradefours.session.value.asked.groove) {
      tradefours.act('new-groove')
      grooves++
    }
    await wait(Math.max(0, due - performance.now()))
    if (tradefours.session.value.asked.groove) during++
    const pitch = 55 + ((7 * note) % 24)
    const before = fakeMidi.sent('Synth').length
    performance.mark(marks.key)
    const pressed = performance.now()
    fakeMidi.play('Keys', [0x90, pitch, 90])
    const sent = fakeMidi
      .sent('Synth')
      .slice(before)
      .find((/** @type {any} */ { bytes }) => bytes[0] === 0x92)
    if (sent) delays.push(sent.sentAt - pressed)
    if (sent && sent.bytes[1] !== pitch) machine++
    await wait(30)
    fakeMidi.play('Keys', [0x80, pitch, 0])
  }
  clearInterval(hands)
  const moved = fakeMidi.sent('Synth').slice(sentBefore).filter(isMove).length
  return { delays, grooves, during, machine, moves, moved, missed: tradefours.diagnostics().missed - missedBefore }
}
