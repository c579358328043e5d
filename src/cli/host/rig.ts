import { monotonicClock, wakeEvery } from '../../devices/clock/node.ts'
import { createSender, type SenderTrust } from '../../devices/sender/node.ts'
import type { Soloist } from '../../improv/index.ts'
import { openCheckpoint } from '../../io/checkpoints/node.ts'
import {
  clockAfter,
  createLive,
  createPartner,
  type Live,
  loadModels,
  type Output,
  type SoundingKey,
  soundingAfter,
  stateAfter,
  wakeMs,
} from '../../runtime/index.ts'
import { spawnNodeWorker } from '../../runtime/worker/node.ts'
import { type Bindings, type Happening, notices, startSession } from '../../session/index.ts'
import { InputError } from '../input-error.ts'
import type { Gear, Stand } from './gear.ts'
import { openLinkGear } from './link-gear.ts'
import { type MidiPlan, openMidiGear } from './midi-gear.ts'
import { type OscGear, type OscPlan, openOscGear } from './osc-gear.ts'
import type { Keeper } from './recovery.ts'
import { openSoundGear } from './sound-gear.ts'
import type { Shown } from './view.ts'

/** What a rig is put together from. */
export type RigPlan = {
  readonly keeper: Keeper
  readonly midi: MidiPlan | null
  readonly osc: OscPlan | null
  /** Whether it shares tempo, beat, start and stop by Ableton Link. */
  readonly link: boolean
  /** Whether it sounds by the machine's own device. */
  readonly sound: boolean
  /**
   * What happens before anything else, in a performance that begins. One that goes on takes actions, and songs where it
   * has none.
   */
  readonly first: readonly Happening[]
  /** Told what controls have been learnt. */
  readonly learnt: (bindings: Bindings) => void
  /** Told, in sentences, of what the performer should know. */
  readonly tell: (sentence: string) => void
}

/** An instrument without a page, as it plays. */
export type Rig = {
  readonly live: Live
  readonly sent: SenderTrust
  /** How often a worker with models has been replaced. */
  readonly restarts: number
  /** How many packets, or parts of them, made no sense. */
  readonly refused: number
  happen(happening: Happening): void
  shown(): Shown
  /**
   * Ends every note, stores what was played, and closes everything.
   *
   * @throws InputError with a sentence when what was played can't be kept; everything is closed then, too.
   */
  end(): Promise<void>
}

/** How often what was played is stored: a crash costs no more than this. */
const flushMs = 2000

/**
 * Opens ports, models and a performance, and plays until it is ended. What a performance can do without is told where it
 * is missing.
 *
 * The path of a key: a port's listener, `happen`, `live.happen`, `step`, the outputs, the sender's thread.
 *
 * @throws InputError where what was asked for can't be had.
 */
export async function openRig(plan: RigPlan): Promise<Rig> {
  const { keeper } = plan
  const state = keeper.recovered ? stateAfter(keeper.recovered) : startSession(keeper.seed)
  const hasSongs = state.stand.songs.length > 0
  const clock = clockAfter(monotonicClock, state.now)
  const sender = createSender()
  const partner = createPartner(spawnNodeWorker)
  let soloist: Soloist | null = null
  let sounding: readonly SoundingKey[] = []
  let notice: string | null = null
  let isOver = false
  let { bindings } = state.controls
  const gear: Gear[] = []
  const outputs: Output[] = []

  const live = createLive(
    {
      clock,
      outputs,
      get soloist() {
        return soloist
      },
      ask: partner.ask,
      heard(event, effects, after) {
        keeper.keep(event, effects)
        for (const each of gear) each.heard?.(event, effects, after)
        for (const effect of effects) {
          sounding = soundingAfter(sounding, effect)
          if (effect.type === 'tell') stand.tell([notices[effect.notice], effect.detail].filter(Boolean).join(' '))
        }
        const before = bindings
        bindings = after.controls.bindings
        // What is bound is ready-made, or was learnt on another evening.
        if (bindings === before || event.type === 'bind') return
        plan.learnt(
          Object.fromEntries(Object.entries(bindings).filter(([control, action]) => action !== before[control])),
        )
      },
    },
    keeper.seed,
    state,
  )
  const stand: Stand = {
    clock,
    get state() {
      return live.state
    },
    happen(happening, timeStampMs = performance.now()) {
      // Nobody would end the notes of a late hand.
      if (!isOver) live.happen(happening, clock.of(timeStampMs))
    },
    tell(sentence) {
      notice = sentence
      plan.tell(sentence)
    },
  }
  const bring = <Some extends Gear>(some: Some | null) => {
    if (some) gear.push(some)
    if (some?.output) outputs.push(some.output)
    return some
  }
  const close = async () => {
    await sender.end()
    for (const each of gear) await each.end()
    partner.end()
  }
  let osc: OscGear | null
  try {
    bring(plan.midi && (await openMidiGear(plan.midi, sender, stand)))
    if (plan.sound) bring(await openSoundGear(stand))
    if (plan.link) bring(await openLinkGear(stand))
    osc = bring(plan.osc && (await openOscGear(plan.osc, sender, stand)))
  } catch (error) {
    await close()
    throw error
  }
  void loadModels(openCheckpoint, partner, {
    onSoloist(found) {
      soloist = found
    },
    onTrouble: (error) => stand.tell((error as Error).message),
  })
  if (keeper.trouble) stand.tell(keeper.trouble)
  if (keeper.recovered) {
    const own = `its own ${hasSongs ? 'songs, ' : ''}controls and seed`
    stand.tell(`What was cut off goes on, with ${own}; end it, and another begins as you say: ${keeper.path}`)
  }
  // What a crash has left sounding on an instrument ends now.
  for (const output of outputs) output.silence(null)
  if (keeper.recovered) stand.happen(stop)
  const isWanted = ({ type }: Happening) => !keeper.recovered || type === 'act' || (type === 'setList' && !hasSongs)
  for (const happening of plan.first.filter(isWanted)) stand.happen(happening)

  const stopWaking = wakeEvery(wakeMs, () => {
    live.wake()
    for (const each of gear) each.wake?.(live.state.transport)
  })
  const flushing = setInterval(() => void keeper.flush().catch(cannotKeep), flushMs)
  const cannotKeep = ({ message }: Error) => stand.tell(unkept('is', message))
  return {
    live,
    sent: sender.trust,
    get restarts() {
      return partner.restarts
    },
    get refused() {
      return osc?.refused ?? 0
    },
    happen: (happening) => stand.happen(happening),
    shown: () => ({ state: live.state, at: clock.now(), sounding, notice }),
    async end() {
      stopWaking()
      clearInterval(flushing)
      for (const each of gear) each.silence?.()
      stand.happen(stop)
      isOver = true
      try {
        await keeper.end()
      } catch (error) {
        throw new InputError(unkept('was', (error as Error).message))
      } finally {
        await close()
      }
    },
  }
}

const unkept = (verb: 'is' | 'was', message: string) =>
  `What ${verb} played can't be kept (${message}): look after the disk.`

const stop: Happening = { type: 'act', action: 'stop' }
