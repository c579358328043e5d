import { isDeepStrictEqual } from 'node:util'
import { readPerformance, type SessionState, step } from '../../src/session/index.ts'
import type { Seconds } from '../../src/timing/index.ts'
import { createGrowth, type Growth } from '../growth.ts'
import { createMidiMonitor, type MidiMonitor } from '../invariants/midi-monitor.ts'
import { retrace } from '../invariants/replay.ts'
import { createViolations, type Violations } from '../invariants/violations.ts'
import { createChance } from '../performer/chance.ts'
import type { Hands, Move, PageAction } from '../performer/hands.ts'
import { pageScenes, panels } from '../performer/page-scenes.ts'
import { perform } from '../performer/performer.ts'
import { learnRepertoire } from '../performer/repertoire.ts'
import { scenes } from '../performer/scenes.ts'
import { type BrowserHarness, openBrowserHarness } from './browser-harness.ts'
import type { PageMove, Snapshot } from './in-page.ts'
import type { StartSoaked } from './soaked-browser.ts'

/** The figures of the diagnostics panel. */
type Diagnostics = Awaited<ReturnType<BrowserHarness['diagnostics']>>

/** What came of a simulation in a browser. */
export type BrowserSimulation = {
  readonly seconds: Seconds
  readonly moves: number
  readonly scenes: Readonly<Record<string, number>>
  /** The figures of each minute. */
  readonly diagnostics: readonly Diagnostics[]
  readonly missed: number
  readonly hanging: number
  readonly monitor: MidiMonitor
  readonly kills: number
  readonly restarts: number
  readonly recovered: number
  readonly opened: number
  readonly exceptions: number
  readonly consoleErrors: number
  /** Tasks that blocked the page for more than 50 milliseconds of real time, and in which scene. */
  readonly longTasks: readonly { readonly ms: number; readonly scene: string }[]
  /** What `heapBytes` are of. */
  readonly memoryOf: BrowserHarness['memoryOf']
  readonly growth: Readonly<Record<'heapBytes' | 'nodes' | 'listeners', Growth>>
  readonly violations: Violations
}

const memoryEverySeconds = 15
const diagnosticsEverySeconds = 60

/** How long the cable stays unplugged. */
const cableOutMs = 150

/** After this time everything that was played is stored. */
const storedAfterMs = 2500

/** How late the session hears of a key, at most. */
const handsLateMs = 20

/** If the page's clock has not advanced in this time, it never will. */
const patienceMs = 30_000

/**
 * Simulates a performance on the real page, in real time.
 *
 * @param stays whether the page is never reloaded and never killed.
 */
export async function simulateInBrowser(
  start: StartSoaked,
  seed: number,
  seconds: Seconds,
  stays: boolean,
): Promise<BrowserSimulation> {
  const chance = createChance(seed)
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const violations = createViolations(elapsed)
  const monitor = createMidiMonitor()
  const counts: Record<string, number> = {}
  const growth = { heapBytes: createGrowth(), nodes: createGrowth(), listeners: createGrowth() }
  const diagnostics: Diagnostics[] = []
  const longTasks: { ms: number; scene: string }[] = []
  let scene = 'before the first'
  let [moves, missed, kills, killsOfPage, restarts, recovered, opened, run] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [exceptions, consoleErrors] = [0, 0]
  let [memoryAt, diagnosticsAt] = [0, 0]
  let saved: string | null = null
  let diesNext = false

  const harness = await openBrowserHarness(start, (kind, message) => {
    if (kind === 'exception') {
      exceptions++
      violations.add('the page throws nothing', message)
    } else {
      consoleErrors++
      violations.add('the page logs no error', message)
    }
  })
  const add = (snapshot: Snapshot) => {
    for (const [output, sent] of Object.entries(snapshot.sent)) monitor.add(output, sent)
    monitor.advance(snapshot.atMs)
    longTasks.push(...snapshot.longTasksMs.map((ms) => ({ ms, scene })))
    return snapshot
  }
  const read = () => make(0, { type: 'wait' })
  const make = async (at: Seconds, move: PageMove): Promise<Snapshot> => {
    for (const until = performance.now() + patienceMs + 1000 * Math.max(0, at - latest.view.now); ; ) {
      const made = await harness.make(at, move)
      if (made) return add(made)
      if (performance.now() > until) throw new Error(`The page's clock has stopped before ${at}.`)
      latest = add((await harness.make(0, { type: 'wait' })) as Snapshot)
      await measure()
    }
  }
  /** Measures between two moves. The long tasks that this causes don't count. */
  const measure = async () => {
    if (elapsed() - diagnosticsAt > diagnosticsEverySeconds) {
      diagnosticsAt = elapsed()
      diagnostics.push(await harness.diagnostics())
    }
    if (elapsed() - memoryAt < memoryEverySeconds) return
    memoryAt = elapsed()
    const memory = await harness.memory()
    for (const [what, value] of Object.entries(memory)) growth[what as keyof typeof growth].add(elapsed(), value, run)
    await harness.make(0, { type: 'wait' }).then((each) => each && add({ ...each, longTasksMs: [] }))
  }
  /** Opens each panel once: what the first time takes is not growth. */
  const warmUp = async () => {
    for (const panel of panels) await harness.viewPanel(panel, 0.1)
  }
  /** Adds up what the page has counted since it was loaded or since a performance began. */
  const settle = async (ends: boolean) => {
    const figures = await harness.diagnostics()
    diagnostics.push(figures)
    missed += figures.missed
    if (figures.refused > 0) violations.add('no event is refused', `${figures.refused} events made no sense`)
    if (!ends) return
    // Nobody may have needed the models after the last one died.
    if (![0, 1].includes(killsOfPage - figures.restarts))
      violations.add('a dead thread is replaced', `${killsOfPage} died, ${figures.restarts} were replaced`)
    restarts += figures.restarts
    killsOfPage = 0
  }
  const kill = async () => {
    const died = await harness.kill()
    kills += Number(died)
    killsOfPage += Number(died)
  }
  /** Compares what is on the page with what a file has, at the page's time. */
  const compare = async (invariant: string, file: string) => {
    const { state } = retrace(readPerformance(file))
    const differences = async () => {
      const { material, settings, now } = await harness.material()
      const atNow = stepTo(state, now)
      return [...differing(material, atNow.material), ...differing(settings, atNow.settings)]
    }
    for (const until = performance.now() + patienceMs / 6; ; ) {
      const found = await differences()
      if (found.length === 0) return
      if (performance.now() < until) continue
      violations.add(invariant, `after ${file.split('\n').length} lines, in ${found.join(', ')}`)
      return
    }
  }
  const die = async (stored: Extract<Move, { type: 'crash' }>['stored']) => {
    if (stored === 'all') {
      await rest(storedAfterMs)
      await settle(true)
      const last = await harness.reload()
      for (const [output, sent] of Object.entries(last)) monitor.add(output, sent)
      monitor.advance(Number.POSITIVE_INFINITY)
      if (monitor.sounding > 0) violations.add('a page that unloads ends its notes', `${monitor.sounding} still sound`)
    } else {
      await settle(true)
      await harness.crash()
    }
    monitor.orphan()
    run++
    const file = await harness.lastStored()
    await harness.continueLast()
    await compare('what was stored continues', file)
    await read()
    if (monitor.orphans > 0) violations.add('a page ends the notes of a dead one', `${monitor.orphans} still sound`)
    recovered++
    await warmUp()
  }
  const rest = async (ms: number) => {
    for (const until = performance.now() + ms; performance.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(200, until - performance.now())))
      await read()
    }
  }
  const checkKeysUp = async (when: string) => {
    await rest(300)
    const { keysHeld } = await read()
    if (keysHeld > 0) violations.add('no note hangs', `${keysHeld} keys are held ${when}`)
  }
  const doPageAction = async (action: PageAction) => {
    switch (action.type) {
      case 'view-panel':
        return harness.viewPanel(action.panel, action.seconds)
      case 'phone-call': {
        await make(0, { type: 'card', isThere: false })
        await rest(1000 * action.seconds)
        const { keysHeld } = await read()
        if (action.seconds > 1 && monitor.sounding > keysHeld)
          violations.add('no loop sounds without a sound card', `${monitor.sounding} notes, ${keysHeld} keys`)
        await make(0, { type: 'card', isThere: true })
        return
      }
      case 'power-off':
        await make(0, { type: 'plug', kind: 'output', name: 'Synth', into: false })
        monitor.forget('Synth')
        await rest(1000 * action.seconds)
        await make(0, { type: 'plug', kind: 'output', name: 'Synth', into: true })
        return
      case 'save':
        saved = await harness.save()
        return compare('a saved file has what is on the page', saved)
      case 'open':
        if (saved === null) return
        await settle(false)
        await harness.open(saved)
        await compare('an opened file has what was saved', saved)
        opened++
    }
  }
  const makeMove = async (move: Move) => {
    switch (move.type) {
      case 'midi':
        return make(move.at, { type: 'midi', bytes: [...move.bytes], lateMs: chance.between(0, handsLateMs) })
      case 'do':
        await make(move.at, { type: 'do', input: move.input })
        if (diesNext) await kill()
        diesNext = false
        return
      case 'pull':
        await make(move.at, { type: 'plug', kind: 'input', name: 'Keys', into: false })
        await checkKeysUp('without a cable')
        await rest(cableOutMs)
        return make(0, { type: 'plug', kind: 'input', name: 'Keys', into: true })
      case 'kill':
        await make(move.at, { type: 'wait' })
        if (move.busy) diesNext = true
        else await kill()
        return
      case 'crash':
        await make(move.at, { type: 'wait' })
        return stays ? undefined : die(move.stored)
      case 'page':
        await make(move.at, { type: 'wait' })
        return doPageAction(move.action)
      case 'wait':
        return make(move.at, { type: 'wait' })
    }
  }
  let latest = add((await harness.make(0, { type: 'wait' })) as Snapshot)
  const hands: Hands = { chance, repertoire: learnRepertoire(), see: () => latest.view }
  const chosen = (name: string) => {
    scene = name
    counts[name] = (counts[name] ?? 0) + 1
  }
  try {
    await warmUp()
    for (const move of perform(hands, [...scenes, ...pageScenes], chosen)) {
      if (elapsed() > seconds) break
      await makeMove(move)
      moves++
      await measure()
      latest = await read()
    }
    await make(0, { type: 'plug', kind: 'input', name: 'Keys', into: false })
    await checkKeysUp('with all keys up')
    const until = performance.now() + patienceMs
    while ((await read()).isAsking && performance.now() < until) await rest(200)
    if ((await read()).isAsking) violations.add('every request is answered', 'one still waits')
    if ((await read()).view.transport.playing) await harness.act('stop')
    await rest(500)
    const hanging = monitor.sounding
    await harness.act('panic')
    await rest(500)
    if (hanging > 0) violations.add('no note hangs', `${hanging} sound after everything was stopped`)
    if (!(await harness.fallsSilent())) violations.add('no note hangs', 'the page does not become silent')
    await settle(true)
    if (missed > 0) violations.add('no note of a loop is missed', `${missed} came too late`)
    return {
      ...{
        seconds: elapsed(),
        moves,
        scenes: counts,
        diagnostics,
        missed,
        hanging,
        monitor,
        kills,
        restarts,
        recovered,
      },
      memoryOf: harness.memoryOf,
      ...{ opened, exceptions, consoleErrors, longTasks, growth, violations },
    }
  } finally {
    await harness.close()
  }
}

/** The parts of a value that are not as they are in a JSON text. */
function differing(json: string, value: object): string[] {
  const there: Record<string, unknown> = JSON.parse(json)
  const here: Record<string, unknown> = JSON.parse(JSON.stringify(value))
  const names = new Set([...Object.keys(there), ...Object.keys(here)])
  return [...names].filter((name) => !isDeepStrictEqual(there[name], here[name]))
}

function stepTo(state: SessionState, at: Seconds): SessionState {
  return at > state.now ? step(state, { type: 'tick', at }).state : state
}
