import { type SessionState, step } from '../../src/session/index.ts'
import { readPerformance } from '../../src/session/performance.ts'
import type { Seconds } from '../../src/timing/index.ts'
import { createGrowth, type Growth } from '../growth.ts'
import { createEars, type Ears } from '../invariants/ears.ts'
import { retrace } from '../invariants/replay.ts'
import { type Book, createBook } from '../invariants/violations.ts'
import { createChance } from '../performer/chance.ts'
import type { Hands, Move, PageDeed } from '../performer/hands.ts'
import { pageScenes, panels } from '../performer/page-scenes.ts'
import { perform } from '../performer/performer.ts'
import { learnRepertoire } from '../performer/repertoire.ts'
import { scenes } from '../performer/scenes.ts'
import { type House, type OpenTheatre, openHouse } from './browser-harness.ts'
import type { Look, PageMove } from './in-page.ts'

/** What the trust panel said, each minute. */
type TrustReport = Awaited<ReturnType<House['trust']>>

/** A concert as it went. */
export type Concert = {
  readonly seconds: Seconds
  readonly moves: number
  readonly scenes: Readonly<Record<string, number>>
  readonly trust: readonly TrustReport[]
  readonly missed: number
  readonly hanging: number
  readonly ears: Ears
  readonly kills: number
  readonly restarts: number
  readonly recovered: number
  readonly opened: number
  readonly exceptions: number
  readonly complaints: number
  /** What held up the page for more than 50 milliseconds by the clock on the wall, and in which scene. */
  readonly longTasks: readonly { readonly ms: number; readonly scene: string }[]
  readonly growth: Readonly<Record<'heapBytes' | 'nodes' | 'listeners', Growth>>
  readonly book: Book
}

const weighEverySeconds = 15
const trustEverySeconds = 60

/** The cable is out for so long. */
const cableOutMs = 150

/** What was played is stored after this time, come what may. */
const storedAfterMs = 2500

/** Hands are told of so much later, at most. */
const handsLateMs = 20

/** Time that does not pass for so long never will. */
const patienceMs = 30_000

/**
 * Plays before the real page, in real time.
 *
 * @param stays whether the page is never loaded anew, and never dies.
 */
export async function playConcert(
  openTheatre: OpenTheatre,
  seed: number,
  seconds: Seconds,
  stays: boolean,
): Promise<Concert> {
  const chance = createChance(seed)
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const book = createBook(elapsed)
  const ears = createEars()
  const counts: Record<string, number> = {}
  const growth = { heapBytes: createGrowth(), nodes: createGrowth(), listeners: createGrowth() }
  const trust: TrustReport[] = []
  const longTasks: { ms: number; scene: string }[] = []
  let scene = 'before the first'
  let [moves, missed, kills, killsOfPage, restarts, recovered, opened, life] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [exceptions, complaints] = [0, 0]
  let [weighedAt, trustedAt] = [0, 0]
  let saved: string | null = null
  let diesNext = false

  const house = await openHouse(openTheatre, (kind, message) => {
    if (kind === 'exception') {
      exceptions++
      book.breach('no exception is left to the page', message)
    } else {
      complaints++
      book.breach('nothing is written to the console', message)
    }
  })
  const look = (seen: Look) => {
    for (const [output, sent] of Object.entries(seen.sent)) ears.hear(output, sent)
    ears.listen(seen.atMs)
    longTasks.push(...seen.longTasksMs.map((ms) => ({ ms, scene })))
    return seen
  }
  const lookNow = () => make(0, { type: 'wait' })
  const make = async (at: Seconds, move: PageMove): Promise<Look> => {
    for (const until = performance.now() + patienceMs + 1000 * Math.max(0, at - seen.view.now); ; ) {
      const made = await house.make(at, move)
      if (made) return look(made)
      if (performance.now() > until) throw new Error(`Time does not pass on the page: ${at} never comes.`)
      seen = look((await house.make(0, { type: 'wait' })) as Look)
      await weigh()
    }
  }
  /** Weighs between two moves; what that costs the page is no task of its own. */
  const weigh = async () => {
    if (elapsed() - trustedAt > trustEverySeconds) {
      trustedAt = elapsed()
      trust.push(await house.trust())
    }
    if (elapsed() - weighedAt < weighEverySeconds) return
    weighedAt = elapsed()
    const weight = await house.weigh()
    for (const [what, value] of Object.entries(weight)) growth[what as keyof Weighings].weigh(elapsed(), value, life)
    await house.make(0, { type: 'wait' }).then((each) => each && look({ ...each, longTasksMs: [] }))
  }
  type Weighings = typeof growth
  /** What comes with the first look at a panel is no growth. */
  const warmUp = async () => {
    for (const panel of panels) await house.look(panel, 0.1)
  }
  /** What the page counts it counts from its beginning, or from that of a performance. */
  const settle = async (dies: boolean) => {
    const report = await house.trust()
    trust.push(report)
    missed += report.missed
    if (report.refused > 0) book.breach('nothing is refused', `${report.refused} events made no sense`)
    if (!dies) return
    // The last one to die may not have been needed again.
    if (![0, 1].includes(killsOfPage - report.restarts))
      book.breach('a dead thread is replaced', `${killsOfPage} died, ${report.restarts} came`)
    restarts += report.restarts
    killsOfPage = 0
  }
  const kill = async () => {
    const died = await house.kill()
    kills += Number(died)
    killsOfPage += Number(died)
  }
  /** Whether there is on the page what a file says, at the moment at which the page is. */
  const compare = async (promise: string, file: string) => {
    const { state } = retrace(readPerformance(file))
    const isSame = async () => {
      const { material, settings, now } = await house.whatThereIs()
      const atNow = stepTo(state, now)
      return material === JSON.stringify(atNow.material) && settings === JSON.stringify(atNow.settings)
    }
    for (const until = performance.now() + patienceMs / 6; !(await isSame()); ) {
      if (performance.now() < until) continue
      book.breach(promise, `after ${file.split('\n').length} lines`)
      return
    }
  }
  const die = async (stored: Extract<Move, { type: 'crash' }>['stored']) => {
    if (stored === 'all') {
      await rest(storedAfterMs)
      await settle(true)
      const last = await house.reload()
      for (const [output, sent] of Object.entries(last)) ears.hear(output, sent)
      ears.listen(Number.POSITIVE_INFINITY)
      if (ears.sounding > 0) book.breach('a page that goes away ends its notes', `${ears.sounding} sound on`)
    } else {
      await settle(true)
      await house.crash()
    }
    ears.orphan()
    life++
    const file = await house.lastKept()
    await house.goOn()
    await compare('what was stored is gone on with', file)
    await lookNow()
    if (ears.orphans > 0) book.breach('a page that goes on ends what a dead one left', `${ears.orphans} sound on`)
    recovered++
    await warmUp()
  }
  const rest = async (ms: number) => {
    for (const until = performance.now() + ms; performance.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(200, until - performance.now())))
      await lookNow()
    }
  }
  const keysUp = async (how: string) => {
    await rest(300)
    const { keysHeld } = await lookNow()
    if (keysHeld > 0) book.breach('no note hangs', `${keysHeld} keys are held ${how}`)
  }
  const doDeed = async (deed: PageDeed) => {
    switch (deed.type) {
      case 'look':
        return house.look(deed.panel, deed.seconds)
      case 'call': {
        await make(0, { type: 'card', isThere: false })
        await rest(1000 * deed.seconds)
        const { keysHeld } = await lookNow()
        if (deed.seconds > 1 && ears.sounding > keysHeld)
          book.breach('no loop sounds on while the sound card is away', `${ears.sounding} notes, ${keysHeld} keys`)
        await make(0, { type: 'card', isThere: true })
        return
      }
      case 'silence':
        await make(0, { type: 'plug', kind: 'output', name: 'Synth', into: false })
        ears.forget('Synth')
        await rest(1000 * deed.seconds)
        await make(0, { type: 'plug', kind: 'output', name: 'Synth', into: true })
        return
      case 'save':
        saved = await house.save()
        return compare('what is saved is what there is', saved)
      case 'open':
        if (saved === null) return
        await settle(false)
        await house.open(saved)
        await compare('what is opened is what was saved', saved)
        opened++
    }
  }
  const makeMove = async (move: Move) => {
    switch (move.type) {
      case 'midi':
        return make(move.at, { type: 'midi', bytes: [...move.bytes], lateMs: chance.between(0, handsLateMs) })
      case 'do':
        await make(move.at, { type: 'do', happening: move.happening })
        if (diesNext) await kill()
        diesNext = false
        return
      case 'pull':
        await make(move.at, { type: 'plug', kind: 'input', name: 'Keys', into: false })
        await keysUp('by a cable that is out')
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
        return doDeed(move.deed)
      case 'wait':
        return make(move.at, { type: 'wait' })
    }
  }
  let seen = look((await house.make(0, { type: 'wait' })) as Look)
  const hands: Hands = { chance, repertoire: learnRepertoire(), see: () => seen.view }
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
      await weigh()
      seen = await lookNow()
    }
    await make(0, { type: 'plug', kind: 'input', name: 'Keys', into: false })
    await keysUp('when all hands are off')
    const until = performance.now() + patienceMs
    while ((await lookNow()).isAsking && performance.now() < until) await rest(200)
    if ((await lookNow()).isAsking) book.breach('every question is answered', 'one still waits')
    if ((await lookNow()).view.transport.playing) await house.act('stop')
    await rest(500)
    const hanging = ears.sounding
    await house.act('panic')
    await rest(500)
    if (hanging > 0) book.breach('no note hangs', `${hanging} sound when everything has been stopped`)
    if (!(await house.fallsSilent())) book.breach('no note hangs', 'the page does not fall silent')
    await settle(true)
    if (missed > 0) book.breach('no note of a loop is missed', `${missed} came too late`)
    return {
      ...{ seconds: elapsed(), moves, scenes: counts, trust, missed, hanging, ears, kills, restarts, recovered },
      ...{ opened, exceptions, complaints, longTasks, growth, book },
    }
  } finally {
    await house.close()
  }
}

function stepTo(state: SessionState, at: Seconds): SessionState {
  return at > state.now ? step(state, { type: 'tick', at }).state : state
}
