/**
 * `node bench/session.js`: how long the session's steps take in this thread, with the shipped soloist: all events of a long
 * performance, and the key presses of each kind of turn.
 */
/** @import { ActionName, Effect, SessionInput, SessionEvent, SettingId } from '../dist/session/index.js' */
import { build } from '../scripts/build.js'
import { quantile } from './quantile.js'

build()

// Only now is there something to import.
const { createSoloist } = await import('../dist/improv/index.js')
const { createModel } = await import('../dist/models/index.js')
const { openCheckpoint } = await import('../dist/io/checkpoints/node.js')
const { startSession, step } = await import('../dist/session/index.js')

const soloist = createSoloist(createModel(await openCheckpoint('solo'), 'solo'))
const turnNotes = 20
const trades = 500

playTrades() // To warm up.
const { all, presses } = playTrades()
const seconds = all.reduce((sum, each) => sum + each, 0) / 1e6
console.info(`${all.length} events, ${Math.round(all.length / seconds)} a second`)
for (const [turn, micros] of Object.entries(presses)) report(turn, micros)
// With memories of nobody and of nothing; then, after 20,000 notes, of an evening, of a performer, and out of their pocket.
report('a live response without memories', playTrades({ memory: 0 }).presses['a live response'])
soloist.learn(
  Array.from({ length: 20_000 }, (_, index) => ({
    ...{ pitch: 55 + ((7 * index + (index % 13) * (index % 5)) % 30), since: 1 / 2 },
    chord: { root: (5 * index) % 12, kind: /** @type {const} */ ('dominant') },
  })),
)
report('a live response with all of them', playTrades({ pocket: 0.5 }).presses['a live response'].slice(-2_000))

/** @param {string} turn @param {number[]} micros */
function report(turn, micros) {
  const [median, high] = [0.5, 0.99].map((share) => quantile(micros, share, 1))
  console.info(`a key press in ${turn}: median ${median} µs, p99 ${high} µs, of ${micros.length}`)
}

/** Plays hours of calls and responses over bass, drums and a chart. Times are in microseconds. @param {Partial<Record<SettingId, number>>} settings */
function playTrades(settings = {}) {
  const { all, run, set, play, send } = performer()
  /** @type {Record<'a call' | 'a classic response' | 'a live response', number[]>} */
  const presses = { 'a call': [], 'a classic response': [], 'a live response': [] }
  send({ type: 'chart', chart: 'Dm7 | G7 | Cmaj7 | A7' })
  run('record-bass')
  play(16, [])
  set('improvise', true)
  set('hand-over', 'pedal')
  set('notes', turnNotes)
  for (const [setting, value] of Object.entries(settings)) set(/** @type {SettingId} */ (setting), value)
  for (let trade = 0; trade < trades; trade++) {
    set('live', false)
    play(turnNotes, presses['a call'])
    const question = run('take-response').find(({ type }) => type === 'ask')
    const melody = Array.from({ length: turnNotes }, (_, index) => ({
      ...{ pitch: 55 + ((5 * index) % 24), velocity: 64 },
      ...{ beat: index / 2, beats: 1 / 2 },
    }))
    if (question?.type === 'ask') send({ type: 'answer', job: 'melody', request: question.request, answer: { melody } })
    play(turnNotes, presses['a classic response'])
    set('live', true)
    play(2, presses['a call'])
    run('take-response')
    play(turnNotes, presses['a live response'])
    run('take-call')
  }
  return { all, presses }
}

/** A performer, and how long each of their events took. */
function performer() {
  let state = startSession(1)
  let at = 0
  const all = /** @type {number[]} */ ([])

  /** @param {SessionInput} input */
  function send(input, after = 0) {
    at += after
    const event = /** @type {SessionEvent} */ ({ ...input, at })
    const start = performance.now()
    const next = step(state, event, soloist)
    all.push(1000 * (performance.now() - start))
    state = next.state
    return next.effects
  }

  /**
   * Plays eighths, with a tick in each, and records how long the key presses took.
   *
   * @param {number} notes
   * @param {number[]} presses
   */
  function play(notes, presses) {
    for (let index = 0; index < notes; index++) {
      const pitch = 60 + ((7 * index) % 12)
      send({ type: 'noteOn', pitch, velocity: 90 }, 0.1)
      presses.push(all[all.length - 1])
      send({ type: 'tick' }, 0.05)
      // As the runtime does when it wakes up.
      if (state.trading.line.memory) soloist.prepare(state.trading.line.memory)
      send({ type: 'noteOff', pitch }, 0.1)
    }
  }

  const run = (/** @type {ActionName} */ action) => send({ type: 'run', action })
  /** @type {(setting: SettingId, value: number | boolean | string) => readonly Effect[]} */
  const set = (setting, value) => send(/** @type {SessionInput} */ ({ type: 'set', setting, value }))
  return { all, run, set, play, send }
}
