/**
 * `node bench/scale.js [--svg FILE]`: what an evening costs as it grows: in events, in measures of its chart, and in
 * notes of its loops. Times are of the processor, so that other programs count as little as they can.
 */
/** @import { SessionEvent, SessionState } from '../dist/session/index.js' */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { serialize } from 'node:v8'
import { build } from '../scripts/build.js'
import { drawScale } from './scale-svg.js'

const { svg } = parseArgs({ options: { svg: { type: 'string' } } }).values
build()

const { eventLine, headLine, lookAheadSeconds, notesBetween, readPerformance, recorded, startSession, step } =
  await import('../dist/session/index.js')
const { stateAfter } = await import('../dist/runtime/index.js')
const { beatAt } = await import('../dist/timing/index.js')

const wake = 0.025
const played = 8_000
const eventCounts = [1e3, 1e4, 1e5, 1e6]
const chartMeasures = [10, 50, 200, 1000, 2000]
const loopCounts = [1, 4, 16, 64]

// To warm up.
costOfEvents(20_000)
costOfChart(200)
// The longest first: a short evening alone would show how V8 warms up.
const events = eventCounts.toReversed().map(costOfEvents).toReversed()
const charts = chartMeasures.toReversed().map(costOfChart).toReversed()
const loops = loopCounts.toReversed().map(costOfLoops).toReversed()
const series = [
  {
    title: 'Events of an evening',
    at: eventCounts,
    lines: [
      { name: 'µs to handle one', values: events.map(({ micros }) => micros) },
      { name: 'µs to load one', values: events.map(({ load }) => load) },
      { name: 'bytes to save one', values: events.map(({ bytes }) => bytes) },
      { name: 'KB of state in all', values: events.map(({ state }) => state) },
    ],
  },
  {
    title: 'Measures of a chart',
    at: chartMeasures,
    lines: [
      { name: 'µs to read a measure', values: charts.map(({ read }) => read) },
      { name: 'µs to handle an event', values: charts.map(({ micros }) => micros) },
      { name: 'µs to wake up', values: charts.map(({ due }) => due) },
    ],
  },
  {
    title: 'Loops’ worth of notes, 32 each',
    at: loopCounts,
    lines: [
      { name: 'µs to handle an event', values: loops.map(({ micros }) => micros) },
      { name: 'µs to wake up', values: loops.map(({ due }) => due) },
    ],
  },
]
for (const { title, at, lines } of series) {
  console.info(`| ${title} | ${at.map((each) => each.toLocaleString('en')).join(' | ')} |`)
  console.info(`| --- |${' ---: |'.repeat(at.length)}`)
  for (const { name, values } of lines) console.info(`| ${name} | ${values.map(number).join(' | ')} |`)
  console.info('')
}
if (svg) writeFileSync(svg, drawScale(series))

/** Processor time of a task, in microseconds. @template T @param {() => T} task @returns {[T, number]} */
function timed(task) {
  const before = process.cpuUsage()
  const result = task()
  const { user, system } = process.cpuUsage(before)
  return [result, user + system]
}

/** A performer who trades for ever over a bass and a chart: an event after the other, with ticks between. */
function* evening(chart = 'Dm7 | G7 | Cmaj7 | A7', /** @type {readonly number[]} */ bass = [0, 2, 4, 6], measures = 2) {
  let at = 0
  /** @type {(input: import('../dist/session/index.js').SessionInput, after?: number) => SessionEvent} */
  const event = (input, after = 0) => {
    at += after
    return /** @type {SessionEvent} */ ({ ...input, at })
  }
  yield event({ type: 'chart', chart })
  yield event({ type: 'set', setting: 'count-in', value: 0 })
  yield event({ type: 'set', setting: 'measures', value: measures })
  yield event({ type: 'set', setting: 'hand-over', value: 'pedal' })
  yield event({ type: 'run', action: 'record-bass' })
  let from = 0
  for (const [index, beat] of bass.entries()) {
    const pitch = 28 + (index % 24)
    yield event({ type: 'noteOn', pitch, velocity: 90 }, Math.max(0, (beat - from) / 2))
    yield event({ type: 'noteOff', pitch }, 0.01)
    from = beat + 0.02
  }
  yield event({ type: 'tick' }, 2 * measures + 1)
  yield event({ type: 'set', setting: 'improvise', value: true })
  for (let note = 0; ; note++) {
    const pitch = 55 + ((7 * note) % 24)
    yield event({ type: 'noteOn', pitch, velocity: 70 + (note % 40) }, 0.12)
    yield event({ type: 'tick' }, wake)
    yield event({ type: 'noteOff', pitch }, 0.08)
    if (note % 20 === 19) yield event({ type: 'run', action: 'hand-over-now' })
  }
}

/** Plays so many events. @param {Iterable<SessionEvent>} events @param {number} count */
function play(events, count, /** @type {(event: SessionEvent, state: SessionState) => void} */ observe = () => {}) {
  let state = startSession(1)
  for (const event of events) {
    if (count-- <= 0) break
    state = step(state, event).state
    observe(event, state)
  }
  return state
}

function costOfEvents(/** @type {number} */ count) {
  const [state, micros] = timed(() => play(evening(), count))
  const lines = [headLine(1)]
  play(evening(), count, (event, after) => {
    const kept = recorded(event, after)
    if (kept) lines.push(eventLine(kept))
  })
  const text = lines.join('')
  const [, load] = timed(() => stateAfter(readPerformance(text)))
  return {
    micros: micros / count,
    state: serialize(state).length / 1e3,
    bytes: text.length / count,
    load: load / count,
  }
}

/** What an event and a wake-up cost on a stage that has been prepared by so many events. */
function costOfPlaying(/** @type {Generator<SessionEvent>} */ events, /** @type {number} */ prepared) {
  let state = startSession(1)
  const next = () => {
    state = step(state, events.next().value).state
  }
  for (let count = 0; count < prepared; count++) next()
  const [, micros] = timed(() => {
    for (let count = 0; count < played; count++) next()
  })
  const [, due] = timed(() => {
    // As the runtime does: time passes, and what is due soon is handed over.
    for (let count = 0; count < played; count++) {
      state = step(state, { type: 'tick', at: state.now + wake }).state
      const { timeline } = state.transport
      const to = state.now + lookAheadSeconds
      notesBetween(state, beatAt(timeline, to - wake), beatAt(timeline, to))
    }
  })
  return { micros: micros / played, due: due / played }
}

function costOfChart(/** @type {number} */ measures) {
  const chords = ['Dm', 'G7', 'C', 'A7', 'Em', 'F']
  const chart = Array.from({ length: measures }, (_, index) => chords[(index * 5) % 6]).join('|')
  const rounds = Math.ceil(4000 / measures)
  const [, read] = timed(() => {
    for (let round = 0; round < rounds; round++) play(evening(chart), 1)
  })
  if (!play(evening(chart), 1).material.chart) throw new Error(`A chart of ${measures} measures is refused.`)
  return { read: read / rounds / measures, ...costOfPlaying(evening(chart), 40) }
}

function costOfLoops(/** @type {number} */ count) {
  const notes = 32 * count
  const bass = Array.from({ length: notes }, (_, index) => (index * 60) / notes)
  const prepared = 2 * notes + 40
  const { loops } = play(evening(undefined, bass, 16), prepared).material
  if (loops.bass?.notes.length !== notes)
    throw new Error(`The loop has ${loops.bass?.notes.length} notes, not ${notes}.`)
  return costOfPlaying(evening(undefined, bass, 16), prepared)
}

function number(/** @type {number} */ value) {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)
}
