import type { Clock, Device, DeviceContext, Output, SessionClock } from '../devices/index.ts'
import type { Remembered, Soloist } from '../improv/index.ts'
import type { Checkpoint } from '../models/index.ts'
import {
  type Effect,
  type NoticeId,
  type Performance,
  type SessionEvent,
  type SessionInput,
  type SessionState,
  startSession,
} from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'
import { loadModels } from './load-models.ts'
import type { ModelClient } from './model-client.ts'
import { clockAfter, stateAfter } from './resume.ts'
import { createSessionLoop, type Diagnostics, wakeMs } from './session-loop.ts'

/** What a runtime is put together from. */
export type RuntimeOptions = {
  /** The machine's clock, which the session's follows. */
  readonly clock: Clock
  /** Whether time passes on that clock: a sound card may sleep. Unless given, it always does. */
  readonly isAwake?: () => boolean
  /** Calls again and again, until what it returns is called. */
  readonly wakeEvery: (milliseconds: number, wake: () => void) => () => void
  readonly models: ModelClient
  /** Finds a shipped model by its name. */
  readonly openModel: (name: string) => Promise<Checkpoint>
  /** Called after each model, whether it came or not, with how many there are. */
  readonly onModel?: (done: number, of: number) => void
  /** Called when the soloist has come. */
  readonly onSoloist?: (soloist: Soloist) => void
  /** What has been played before, and what is known of the performer; asked for when phrases are. */
  readonly remembered?: () => Remembered
  readonly storage: PerformanceWriter
  /** Receives what the performer should know. */
  readonly notify: (notice: Notice) => void
}

/** Stores a performance while it is played. */
export type PerformanceWriter = {
  /** Takes an event and the state after it; nothing is stored yet. */
  write(event: SessionEvent, state: SessionState): void
  /** Stores what is waiting. Where it can't, it rejects with a sentence, and tries again with the next call. */
  flush(): Promise<void>
  /** Stores the rest: the performance ended in order. Rejects with a sentence where it can't. */
  end?(): Promise<void>
}

/** Something that the performer should know. */
export type Notice = {
  /** The session's notice; null for a sentence of a device, which is the detail. */
  readonly notice: NoticeId | null
  readonly detail: string | null
  /** When, on the session's clock. */
  readonly at: Seconds
}

/** A session that runs with devices and models, and is stored. */
export type Runtime = {
  readonly clock: SessionClock
  readonly state: SessionState
  readonly diagnostics: Diagnostics
  /** What a device gets to play with. The events that it dispatches carry its name as their source. */
  context(name: string): DeviceContext
  /** Adds a device. A key reaches the outputs in the order in which they were added. */
  add<Added extends Device>(device: Added): Added
  /** Ends the performance, and begins another with a seed, or goes on after the last event of one. */
  begin(from: Performance | number): void
  /** From now on it is woken and stored, and the models are fetched: all devices are there. */
  start(): void
  /** Ends everything that sounds on the devices, live notes too: the page is left. */
  silence(): void
  /**
   * Ends every note, stores the rest, and closes everything. Before the start, it only closes.
   *
   * Rejects with a sentence when what was played can't be stored; everything is closed then, too.
   */
  end(): Promise<void>
}

/** How often what was played is stored: a crash costs no more than this. */
const flushMs = 2000

const panic: SessionInput = { type: 'run', action: 'panic' }

/**
 * Makes a runtime: the same for a page and for a host. Its devices are added afterwards.
 *
 * The path of a key: a device's listener, `dispatch`, the session's loop, `step`, the outputs.
 *
 * @param from the seed of a performance that begins, or one that goes on.
 */
export function createRuntime(options: RuntimeOptions, from: Performance | number = 0): Runtime {
  const { models, storage, isAwake = () => true } = options
  const devices: Device[] = []
  const outputs: Output[] = []
  let soloist: Soloist | null = null
  let stopTimers: (() => void) | null = null

  const observe = (event: SessionEvent, effects: readonly Effect[], state: SessionState) => {
    storage.write(event, state)
    for (const device of devices) device.observe?.(event, effects, state)
    // What went wrong again and again in the hours of a closed lid is said once.
    const said = new Map(effects.flatMap((effect) => (effect.type === 'notify' ? [[effect.notice, effect]] : [])))
    for (const { notice, detail = null } of said.values()) options.notify({ notice, detail, at: event.at })
  }
  const run = (from: Performance | number) => {
    const [seed, state] = typeof from === 'number' ? [from, startSession(from)] : [from.seed, stateAfter(from)]
    const clock = clockAfter(options.clock, state.now)
    const loop = createSessionLoop(
      {
        clock,
        outputs,
        get soloist() {
          return soloist
        },
        ask: (ask) => models.ask(ask, ask.job === 'phrase' ? options.remembered?.() : undefined),
        observe,
      },
      seed,
      state,
    )
    return { clock, loop }
  }
  let running = run(from)
  const resume = (from: Performance | number) => {
    if (typeof from !== 'number') running.loop.dispatch({ type: 'resume' })
  }
  const clock: SessionClock = {
    now: () => running.clock.now(),
    of: (timeStampMs) => running.clock.of(timeStampMs),
    get ahead() {
      return running.clock.ahead
    },
  }
  const notify = (sentence: string) => options.notify({ notice: null, detail: sentence, at: clock.now() })
  const silence = () => {
    for (const device of devices) device.silence?.()
  }
  const wake = () => {
    const passes = isAwake()
    if (passes) {
      for (const device of devices) device.beforeWake?.()
      running.loop.wake()
    }
    const transport = passes ? running.loop.state.transport : null
    for (const device of devices) device.wake?.(transport)
  }
  resume(from)
  return {
    clock,
    get state() {
      return running.loop.state
    },
    get diagnostics() {
      return running.loop.diagnostics
    },
    context: (name) => ({
      clock,
      get state() {
        return running.loop.state
      },
      dispatch: (input, at) => running.loop.dispatch(input, at, name),
      notify,
    }),
    add(device) {
      devices.push(device)
      if (device.output) outputs.push(device.output)
      return device
    },
    begin(from) {
      running.loop.end()
      silence()
      running = run(from)
      resume(from)
    },
    start() {
      // What a crash has left sounding on an instrument ends now.
      for (const output of outputs) output.silence(null)
      const stopWaking = options.wakeEvery(wakeMs, wake)
      const flushing = setInterval(() => void storage.flush().catch(({ message }: Error) => notify(message)), flushMs)
      stopTimers = () => {
        stopWaking()
        clearInterval(flushing)
      }
      void loadModels(options.openModel, models, {
        onSoloist(found) {
          soloist = found
          options.onSoloist?.(found)
        },
        ...(options.onModel && { onModel: options.onModel }),
        onTrouble: (error) => notify((error as Error).message),
      })
    },
    silence,
    async end() {
      try {
        if (stopTimers) {
          stopTimers()
          silence()
          running.loop.dispatch(panic)
        }
        // Nobody would end the notes of a late hand.
        running.loop.end()
        if (stopTimers) await storage.end?.()
      } finally {
        for (const device of devices) await device.end?.()
        models.end()
      }
    },
  }
}
