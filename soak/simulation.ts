import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMidiInput } from '../src/devices/midi/index.ts'
import { createAutosave, folderStore, recover } from '../src/io/storage/node.ts'
import { createLive, type Live, wakeMs } from '../src/runtime/index.ts'
import { type Answer, type Happening, type Question, type SessionState, startSession } from '../src/session/index.ts'
import type { Seconds } from '../src/timing/index.ts'
import { createGrowth, type Growth, heapBytes } from './growth.ts'
import { createInstrument } from './invariants/instrument.ts'
import { createLoopLaw } from './invariants/loops.ts'
import { createTrace, retrace } from './invariants/replay.ts'
import { type Book, createBook } from './invariants/violations.ts'
import { openPartner, openSoloist } from './partner.ts'
import { createChance } from './performer/chance.ts'
import type { Move } from './performer/hands.ts'
import { perform } from './performer/performer.ts'
import { learnRepertoire } from './performer/repertoire.ts'
import { scenes } from './performer/scenes.ts'

/** An evening as it went. */
export type Evening = {
  readonly seconds: Seconds
  readonly events: number
  readonly wakes: number
  readonly notes: number
  readonly loopNotes: number
  /** Notes of loops that were compared with what one long look gives. */
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
  readonly book: Book
}

const flushEvery: Seconds = 2
const weighEvery: Seconds = 60

/** A wake-up may be missed: this one comes late, and nothing else may. */
const lateWake: Seconds = 0.11

/** Hands are told of so much later, at most: what begins with a key may be late by as much. */
const handsLate: Seconds = 0.06

/** A thread that does not answer in this time never will. */
const patienceMs = 30_000

/**
 * Plays an evening of so many seconds as fast as it goes, on a clock that waits for the answers of models: each arrives
 * a moment of the evening after it was asked for, however long it really took.
 */
export async function playEvening(seed: number, seconds: Seconds): Promise<Evening> {
  const chance = createChance(seed)
  const [partner, soloist] = [await openPartner(), await openSoloist()]
  const folder = await mkdtemp(join(tmpdir(), 'tradefours-soak-'))
  const store = folderStore(folder)
  const name = 'evening'
  let now: Seconds = 0
  const book = createBook(() => now)
  const heap = createGrowth()
  const instrument = createInstrument(book, () => now)
  const counts: Record<string, number> = {}
  let [events, wakes, answers, kills, recovered, refused] = [0, 0, 0, 0, 0, 0]
  let [missed, latenessMs] = [0, 0]
  let keyTimes: Live['trust']['keys'][] = []
  let diesNext = false
  let input = newInput()

  let before: SessionState = startSession(seed)
  const loops = createLoopLaw(book, instrument, before, handsLate)
  let autosave = createAutosave(store, name, seed)
  let trace = createTrace()
  /** The trace after the last event that is no tick, and as it was when everything up to there had been stored. */
  let [lastEvent, stored] = ['', '']

  const waiting: { readonly at: Seconds; readonly deliver: () => Promise<void> }[] = []
  const ask = (question: Question) => {
    const asked = inTime(partner.ask(question))
    if (diesNext) {
      diesNext = false
      void partner.kill().then((died) => (kills += Number(died)))
    }
    return new Promise<Answer | null>((resolve) => {
      const at = now + chance.between(0.005, 0.4)
      const deliver = async () => {
        answers++
        resolve(await asked)
      }
      waiting.push({ at, deliver })
      waiting.sort((a, b) => a.at - b.at)
    })
  }
  const inTime = (answer: Promise<Answer | null>) => {
    let timer: NodeJS.Timeout
    const never = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        book.breach('every question is answered', `nothing came in ${patienceMs} ms`)
        resolve(null)
      }, patienceMs)
    })
    return Promise.race([answer, never]).finally(() => clearTimeout(timer))
  }
  const begin = (from: SessionState): Live =>
    createLive(
      {
        clock: { now: () => now, of: (timeStamp) => timeStamp / 1000 },
        outputs: [instrument.output],
        soloist,
        ask,
        heard(event, effects, state) {
          loops.follow(event, before, state)
          before = state
          trace.add(effects)
          autosave.keep(event, effects)
          if (event.type === 'tick') return
          events++
          lastEvent = trace.value
        },
      },
      seed,
      from,
    )
  let live = begin(before)
  const settle = () => {
    missed += live.trust.missed
    latenessMs = Math.max(latenessMs, live.trust.lateness.quantile(1))
    refused = live.state.refused
    keyTimes = [...keyTimes, live.trust.keys].slice(-4)
  }
  function newInput() {
    return createMidiInput((message, timeStampMs) => {
      // Hands only: nobody sends a clock here.
      live.happen(message as Happening, timeStampMs / 1000)
    })
  }
  const flush = async () => {
    await autosave.flush()
    stored = lastEvent
  }
  const checkReplay = async () => {
    const performance = await recover(store, name)
    const again = retrace(performance ?? { seed, events: [] })
    if (again.value !== stored) book.breach('a replay gives the same', `it differs after ${performance?.events.length}`)
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
    live = begin(before)
    live.happen({ type: 'act', action: 'stop' })
    recovered++
  }

  let [nextWake, nextFlush, nextWeighing] = [0, flushEvery, 0]
  const runTo = async (until: Seconds) => {
    for (;;) {
      const answer = waiting[0]
      now = Math.max(now, Math.min(until, nextWake, answer?.at ?? until))
      if (answer && answer.at <= now) {
        waiting.shift()
        await answer.deliver()
        await new Promise(setImmediate)
      } else if (nextWake <= now) {
        live.wake()
        wakes++
        nextWake = now + (chance.happens(0.002) ? lateWake : wakeMs / 1000)
      } else if (now >= until) return
      if (now >= nextFlush) {
        nextFlush = now + flushEvery
        await flush()
      }
      if (now >= nextWeighing) {
        nextWeighing = now + weighEvery
        const bytes = heapBytes()
        if (bytes !== null) heap.weigh(now, bytes)
      }
    }
  }
  const make = async (move: Move) => {
    switch (move.type) {
      case 'midi':
        // Hands are a moment ahead of what is told of them.
        return input.take(move.bytes, 1000 * (now - chance.between(0, handsLate)))
      case 'do':
        return live.happen(move.happening)
      case 'pull':
        return input.letGo(1000 * now)
      case 'kill':
        if (move.busy) diesNext = true
        else kills += Number(await partner.kill())
        return
      case 'crash':
        return crash(move.stored)
      // There is no page.
      case 'page':
      case 'wait':
        return
    }
  }
  const hands = { chance, repertoire: learnRepertoire(), see: () => ({ ...live.state, now }) }
  const moves = perform(hands, scenes, (scene) => {
    counts[scene] = (counts[scene] ?? 0) + 1
  })
  // The models' thread does not keep a process alive, and a dying one answers nothing.
  const alive = setInterval(() => {}, patienceMs)
  try {
    for (const move of moves) {
      await runTo(Math.min(seconds, move.at))
      if (now >= seconds) break
      await make(move)
    }
    input.letGo(1000 * now)
    const hanging = instrument.held
    if (hanging > 0) book.breach('no note hangs', `${hanging} sound when all hands are off`)
    await runTo(now + 2)
    if (live.state.improv.asked || live.state.grooves.asked)
      book.breach('every question is answered', 'one still waits')
    live.happen({ type: 'act', action: 'stop' })
    settle()
    await flush()
    await checkReplay()
    if (missed > 0) book.breach('no note of a loop is missed', `${missed} came too late`)
    if (latenessMs > 1000 * handsLate) book.breach('loops are handed over in time', `${latenessMs} ms late`)
    if (refused > 0) book.breach('nothing is refused', `${refused} events made no sense`)
    // The last one to die may not have been needed again.
    if (![0, 1].includes(kills - partner.restarts))
      book.breach('a dead thread is replaced', `${kills} died, ${partner.restarts} came`)
    const keys = keyTimes.toSorted((a, b) => b.count - a.count)[0] ?? live.trust.keys
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
        restarts: partner.restarts,
        recovered,
        scenes: counts,
        latenessMs,
        heap,
        book,
      },
      keyMs: { median: keys.quantile(0.5), p99: keys.quantile(0.99), most: keys.quantile(1) },
    }
  } finally {
    clearInterval(alive)
    partner.end()
    await rm(folder, { recursive: true })
  }
}
