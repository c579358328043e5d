import { randomUUID } from 'node:crypto'
import { monotonicClock, wakeEvery } from '../../devices/clock/node.ts'
import { createSender, type SenderDiagnostics } from '../../devices/sender/node.ts'
import { createCheckpointThread } from '../../io/checkpoints/node.ts'
import type { PlayerStore } from '../../io/players/index.ts'
import {
  createModelClient,
  createPlayerRecorder,
  createRuntime,
  type Device,
  type Diagnostics,
  type Notice,
} from '../../runtime/index.ts'
import { spawnNodeWorker } from '../../runtime/worker/node.ts'
import { type Bindings, notices, noticeText, type SessionInput, type SessionState } from '../../session/index.ts'
import { InputError } from '../input-error.ts'
import { type DeviceOptions, type HostDevice, hostDevices } from './devices/index.ts'
import type { Recovery } from './recovery.ts'
import type { Shown } from './view.ts'

/** What a host is put together from. */
export type HostOptions = DeviceOptions & {
  readonly recovery: Recovery
  /** Where the memories of performers are kept, and who plays. */
  readonly players: PlayerStore
  readonly player: string
  /**
   * The inputs with which a new performance begins. A resumed performance takes only the settings, and the songs if it has
   * none.
   */
  readonly first: readonly SessionInput[]
  /** Why something that was asked for is missing, in a sentence; null where nothing is. */
  readonly trouble: string | null
  /** Receives what controls have learnt. */
  readonly learnt: (bindings: Bindings) => void
  readonly notify: Notify
}

/** Receives, in sentences, what the performer should know, and whether something is wrong. */
export type Notify = (sentence: string, isTrouble: boolean) => void

/** An instrument without a page, as it plays. */
export type Host = {
  readonly state: SessionState
  readonly diagnostics: Diagnostics
  readonly sent: SenderDiagnostics
  /** How often a worker with models has been replaced. */
  readonly restarts: number
  /** How many packets, or parts of them, made no sense. */
  readonly refused: number
  /** Sends an input to the session, from the terminal. */
  dispatch(input: SessionInput): void
  shown(): Shown
  /**
   * Ends every note, stores what was played, and closes everything.
   *
   * @throws InputError with a sentence when what was played can't be stored; everything is closed then, too.
   */
  end(): Promise<void>
}

/**
 * Opens ports, models and a performance, and plays until it is ended. What a performance can do without is reported where
 * it is missing.
 *
 * @throws InputError where what was asked for can't be had.
 */
export async function openHost(options: HostOptions): Promise<Host> {
  const { recovery } = options
  const { recovered } = recovery
  const models = createModelClient(spawnNodeWorker)
  const sender = createSender()
  const checkpoints = createCheckpointThread()
  let notice: string | null = null
  const tell: Notify = (sentence, isTrouble) => {
    notice = sentence
    options.notify(sentence, isTrouble)
  }
  const flush = saidOnce(recovery.flush)
  let saidOfPlayer: string | null = null
  const recorder = createPlayerRecorder({
    store: options.players,
    name: options.player,
    newEvening: () => ({ id: randomUUID(), day: new Date().toISOString().slice(0, 10) }),
    onTrouble(error) {
      const said =
        error === null ? null : `What is known of ${options.player} can't be kept: ${(error as Error).message}`
      if (said !== null && said !== saidOfPlayer) tell(said, true)
      saidOfPlayer = said
    },
  })
  const runtime = createRuntime(
    {
      clock: monotonicClock,
      wakeEvery,
      models,
      openModel: checkpoints.open,
      onModel: (done, of) => void (done === of && checkpoints.end()),
      onSoloist: recorder.meet,
      remembered: recorder.remembered,
      storage: {
        write: recovery.write,
        flush: () => flush().catch(({ message }) => Promise.reject(new Error(unsaved('is', message)))),
        end: () => recovery.end().catch(({ message }) => Promise.reject(new InputError(unsaved('was', message)))),
      },
      notify(found) {
        tell(sentenceOf(found), isTrouble(found))
      },
    },
    recovered ?? recovery.seed,
  )
  const { dispatch } = runtime.context('terminal')
  const hasSongs = runtime.state.songs.list.length > 0
  const devices: HostDevice[] = []
  // What is on its way leaves before a device is closed.
  runtime.add({ end: sender.end })
  runtime.add({ end: checkpoints.end })
  runtime.add(recorder)
  runtime.add(learningObserver(runtime.state, options.learnt))
  try {
    for (const [name, open] of Object.entries(hostDevices)) {
      const device = await open(options, runtime.context(name), sender)
      if (device) devices.push(runtime.add(device))
    }
  } catch (error) {
    await runtime.end()
    throw error
  }
  runtime.start()
  for (const sentence of [recovery.trouble, options.trouble]) if (sentence) tell(sentence, true)
  if (recovered) {
    const own = `its own ${hasSongs ? 'songs, ' : ''}controls and seed`
    tell(`What was cut off goes on, with ${own}; end it, and another begins as you say: ${recovery.path}`, false)
  }
  const isWanted = ({ type }: SessionInput) => !recovered || type === 'set' || (type === 'setList' && !hasSongs)
  for (const input of options.first.filter(isWanted)) dispatch(input)
  return {
    get state() {
      return runtime.state
    },
    get diagnostics() {
      return runtime.diagnostics
    },
    sent: sender.diagnostics,
    get restarts() {
      return models.restarts
    },
    get refused() {
      return devices.reduce((sum, { refused = 0 }) => sum + refused, 0)
    },
    dispatch: (input) => dispatch(input),
    shown: () => ({ state: runtime.state, at: runtime.clock.now(), notice }),
    end: runtime.end,
  }
}

/** Reports what controls learn. What is bound is ready-made, or was learnt on another evening. */
function learningObserver({ controls }: SessionState, learnt: HostOptions['learnt']): Device {
  let { bindings } = controls
  return {
    observe({ type }, _, state) {
      const before = bindings
      bindings = state.controls.bindings
      if (bindings === before || type === 'bind') return
      learnt(Object.fromEntries(Object.entries(bindings).filter(([control, action]) => action !== before[control])))
    },
  }
}

function sentenceOf({ notice, detail }: Notice): string {
  if (notice === null) return detail ?? ''
  const said = noticeText(notice, detail)
  // What a model or a device said is told as it is.
  return said === notices[notice] && detail !== null ? `${said} ${detail}` : said
}

/** Whether a notice is of something that went wrong, and not an answer to what a hand did. */
export function isTrouble({ notice }: Pick<Notice, 'notice'>): boolean {
  return notice === null || /^bad-|(late|failed|empty|full|refused)$/.test(notice)
}

/** Tries something again and again, and rejects once where it fails for the same reason each time. */
function saidOnce(attempt: () => Promise<void>): () => Promise<void> {
  let said: string | null = null
  return async () => {
    try {
      await attempt()
      said = null
    } catch (error) {
      const { message } = error as Error
      if (message === said) return
      said = message
      throw error
    }
  }
}

const unsaved = (verb: 'is' | 'was', message: string) =>
  `What ${verb} played can't be kept (${message}): look after the disk.`
