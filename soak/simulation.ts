import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMidiInput } from '../src/devices/midi/index.ts'
import { createAutosave, folderStore, recover } from '../src/io/storage/node.ts'
import { createSessionLoop, type SessionLoop, wakeMs } from '../src/runtime/index.ts'
import { type Ask, type ModelAnswer, type SessionInput, type SessionState, startSession } from '../src/session/index.ts'
import type { Seconds } from '../src/timing/index.ts'
import { createGrowth, type Growth, heapBytes } from './growth.ts'
import { createInstrument } from './invariants/instrument.ts'
import { createLoopCheck } from './invariants/loops.ts'
import { createTrace, retrace } from './invariants/replay.ts'
import { createViolations, type Violations } from './invariants/violations.ts'
import { openModelClient, openSoloist } from './model-client.ts'
import { createChance } from './performer/chance.ts'
import type { Move } from './performer/hands.ts'
import { perform } from './performer/performer.ts'
import { learnRepertoire } from './performer/repertoire.ts'
import { scenes } from './performer/scenes.ts'

/** What came of a simulation. */
export type Simulation = {
  readonly seconds: Seconds
  readonly events: number
  readonly wakes: number
  readonly notes: number
  readonly loopNotes: number
  /** Notes of loops that were compared with those of one long look-ahead. */
  readonly compared: number
  readonly missed: number
  readonly hanging: number
  readonly refused: number
  readonly answers: number
  readonly kills: number
  readonly restarts: number
  readonly recovered: number
  readonly scenes: Readonly<Record<string, number>>
  readonly latenessMs: number
  readonly keyMs: { readonly median: number; readonly p99: number; readonly most: number }
  readonly heap: Growth
  readonly violations: Violations
}

const flushEvery: Seconds = 2
const sampleEvery: Seconds = 60

/** How late a wake-up is when one is missed. Nothing else may be late then. */
const lateWake: Seconds = 0.11

/** How late the session may hear of a key; what begins with the key may be as late. */
const handsLate: Seconds = 0.06

/** A thread that has not answered in this time never will. */
const patienceMs = 30_000

/**
 * Simulates a performance as fast as it goes. Its clock waits for the models: each answer arrives some milliseconds of
 * simulated time after the request, however long it really took.
 *
 * @param seconds the length of the performance, in simulated time.
 */
export async function simulate(seed: number, seconds: Seconds): Promise<Simulation> {
  const chance = createChance(seed)
  const [models, soloist] = [await openModelClient(), await openSoloist()]
  const folder = await mkdtemp(join(tmpdir(), 'tradefours-soak-'))
  const store = folderStore(folder)
  const name = 'performance'
  let now: Seconds = 0
  const violations = createViolations(() => now)
  const heap = createGrowth()
  const instrument = createInstrument(violations, () => now)
  const counts: Record<string, number> = {}
  let [events, wakes, answers, kills, recovered, refused] = [0, 0, 0, 0, 0, 0]
  let [missed, latenessMs] = [0, 0]
  let keyTimes: SessionLoop['diagnostics']['keys'][] = []
  let diesNext = false
  let input = newInput()

  let before: SessionState = startSession(seed)
  const loops = createLoopCheck(violations, instrument, before, handsLate)
  let autosave = createAutosave(store, name, seed)
  let trace = createTrace()
  /** The trace after the last event that is not a tick, and after the last one that is stored. */
  let [lastEvent, stored] = ['', '']

  const waiting: { readonly at: Seconds; readonly deliver: () => Promise<void> }[] = []
  const ask = (ask: Ask) => {
    const asked = inTime(models.ask(ask))
    if (diesNext) {
      diesNext = false
      void models.kill().then((died) => (kills += Number(died)))
    }
    return new Promise<ModelAnswer | null>((resolve) => {
      const at = now + chance.between(0.005, 0.4)
      const deliver = async () => {
        answers++
        resolve(await asked)
      }
      waiting.push({ at, deliver })
      waiting.sort((a, b) => a.at - b.at)
    })
  }
  const inTime = (answer: Promise<ModelAnswer | null>) => {
    let timer: NodeJS.Timeout
    const never = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        violations.add('every request is answered', `nothing came in ${patienceMs} ms`)
        resolve(null)
      }, patienceMs)
    })
    return Promise.race([answer, never]).finally(() => clearTimeout(timer))
  }
  const begin = (from: SessionState): SessionLoop =>
    createSessionLoop(
      {
        clock: { now: () => now, of: (timeStamp) => timeStamp / 1000 },
        outputs: [instrument.output],
        soloist,
        ask,
        observe(event, effects, state) {
          loops.follow(event, before, state)
          before = state
          trace.add(effects)
          autosave.append(event, state)
          if (event.type === 'tick') return
          events++
          lastEvent = trace.value
        },
      },
      seed,
      from,
    )
  let loop = begin(before)
  const settle = () => {
    missed += loop.diagnostics.missed
    latenessMs = Math.max(latenessMs, loop.diagnostics.lateness.quantile(1))
    refused = loop.state.refused
    keyTimes = [...keyTimes, loop.diagnostics.keys].slice(-4)
  }
  function newInput() {
    return createMidiInput((message, timeStampMs) => {
      // Hands only: nobody sends a clock here.
      loop.dispatch(message as SessionInput, timeStampMs / 1000)
    })
  }
  const flush = async () => {
    await autosave.flush()
    stored = lastEvent
  }
  const checkReplay = async () => {
    const performance = await recover(store, name)
    const again = retrace(performance ?? { seed, events: [] })
    if (again.value !== stored)
      violations.add('a replay has the same effects', `not after ${performance?.events.length} events`)
    return again.state
  }
  const crash = async (how: Extract<Move, { type: 'crash' }>['stored']) => {
    if (how === 'all') await flush()
    if (how === 'torn') await store.append(name, '{"type":"noteOn","at":1')
    settle()
    waiting.length = 0
    before = await checkReplay()
    trace = createTrace(stored)
    lastEvent = stored
    now += 1
    instrument.restart(before)
    loops.restart(before, now)
    autosave = createAutosave(store, name, seed)
    input = newInput()
    loop = begin(before)
    loop.dispatch({ type: 'resume' })
    recovered++
  }

  let [nextWake, nextFlush, nextSample] = [0, flushEvery, 0]
  const runTo = async (until: Seconds) => {
    for (;;) {
      const answer = waiting[0]
      now = Math.max(now, Math.min(until, nextWake, answer?.at ?? until))
      if (answer && answer.at <= now) {
        waiting.shift()
        await answer.deliver()
        await new Promise(setImmediate)
      } else if (nextWake <= now) {
        loop.wake()
        wakes++
        nextWake = now + (chance.happens(0.002) ? lateWake : wakeMs / 1000)
      } else if (now >= until) return
      if (now >= nextFlush) {
        nextFlush = now + flushEvery
        await flush()
      }
      if (now >= nextSample) {
        nextSample = now + sampleEvery
        const bytes = heapBytes()
        if (bytes !== null) heap.add(now, bytes)
      }
    }
  }
  const make = async (move: Move) => {
    switch (move.type) {
      case 'midi':
        // The session hears of a key a little after it was pressed.
        return input.receive(move.bytes, 1000 * (now - chance.between(0, handsLate)))
      case 'do':
        return loop.dispatch(move.input)
      case 'pull':
        return input.letGo(1000 * now)
      case 'kill':
        if (move.busy) diesNext = true
        else kills += Number(await models.kill())
        return
      case 'crash':
        return crash(move.stored)
      // There is no page.
      case 'page':
      case 'wait':
        return
    }
  }
  const hands = { chance, repertoire: learnRepertoire(), see: () => ({ ...loop.state, now }) }
  const moves = perform(hands, scenes, (scene) => {
    counts[scene] = (counts[scene] ?? 0) + 1
  })
  // The models' thread does not keep the process alive, and one that dies answers nothing.
  const alive = setInterval(() => {}, patienceMs)
  try {
    for (const move of moves) {
      await runTo(Math.min(seconds, move.at))
      if (now >= seconds) break
      await make(move)
    }
    input.letGo(1000 * now)
    const hanging = instrument.held
    if (hanging > 0) violations.add('no note hangs', `${hanging} sound with no key down`)
    // A band asks for a measure as long as it plays.
    loop.dispatch({ type: 'run', action: 'stop' })
    await runTo(now + 2)
    if (Object.values(loop.state.asked).some((asked) => asked !== null))
      violations.add('every request is answered', 'one still waits')
    settle()
    await flush()
    await checkReplay()
    if (missed > 0) violations.add('no note of a loop is missed', `${missed} came too late`)
    if (latenessMs > 1000 * handsLate) violations.add('loops are scheduled in time', `${latenessMs} ms late`)
    if (refused > 0) violations.add('no event is refused', `${refused} events made no sense`)
    // Nobody may have needed the models after the last one died.
    if (![0, 1].includes(kills - models.restarts))
      violations.add('a dead thread is replaced', `${kills} died, ${models.restarts} were replaced`)
    const keys = keyTimes.toSorted((a, b) => b.count - a.count)[0] ?? loop.diagnostics.keys
    return {
      ...{
        seconds: now,
        events,
        wakes,
        notes: instrument.notes,
        loopNotes: instrument.loopNotes,
        missed,
        hanging,
        refused,
      },
      ...{
        compared: loops.compared,
        answers,
        kills,
        restarts: models.restarts,
        recovered,
        scenes: counts,
        latenessMs,
        heap,
        violations,
      },
      keyMs: { median: keys.quantile(0.5), p99: keys.quantile(0.99), most: keys.quantile(1) },
    }
  } finally {
    clearInterval(alive)
    models.end()
    await rm(folder, { recursive: true })
  }
}
