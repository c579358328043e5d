import { computed, type Signal, signal } from '@preact/signals'
import { wakeEvery } from '../devices/clock/web.ts'
import { browserStore } from '../io/storage/web.ts'
import { createModelClient, createRuntime, type Notice, soundingKeys } from '../runtime/index.ts'
import { spawnWebWorker } from '../runtime/worker/web.ts'
import { command, positionAt, type SessionInput, type SessionState } from '../session/index.ts'
import { createDemo } from './devices/demo.ts'
import { openKeyboard } from './devices/keyboard.ts'
import type { LastExchange } from './devices/last-exchange.ts'
import type { MicrophoneDevice } from './devices/microphone.ts'
import { openMidi } from './devices/midi.ts'
import { microphoneSource } from './devices/page-output.ts'
import { createPerformances, type PerformanceStorage } from './devices/performances.ts'
import { openPlayer } from './devices/player.ts'
import { createRecentNotes } from './devices/recent-notes.ts'
import { remembered } from './devices/remembered.ts'
import { openSound } from './devices/sound.ts'
import type { Exchange, Stage, StageMicrophone } from './stage.ts'
import { text } from './text.ts'

/**
 * Opens the instrument: sound, hands, models and what is stored come together here. It plays from the first moment on;
 * sounds and models join as they arrive.
 */
export function openStage(): Stage {
  const sound = openSound()
  const models = createModelClient(spawnWebWorker)
  const modelsLoaded = signal(0)
  const modelsReady = new Promise<void>((resolve) => {
    modelsLoaded.subscribe((share) => share === 1 && resolve())
  })
  const notice: Signal<Notice | null> = signal(null)
  const runtime = createRuntime({
    clock: sound.clock,
    isAwake: sound.isAwake,
    wakeEvery,
    models,
    openModel: async (name) => (await import('./devices/open-model.ts')).openModel(name),
    onModel(done, of) {
      modelsLoaded.value = done / of
    },
    onSoloist: (soloist) => player.meet(soloist),
    remembered: () => player.remembered(),
    storage: {
      write: (event, state) => performances.write(event, state),
      flush: () => performances.flush(),
    },
    notify(found) {
      if (found.notice === null) reportError(new Error(found.detail ?? ''))
      else notice.value = found
    },
  })
  const { dispatch } = runtime.context('page')
  const set: Stage['set'] = (setting, value) => dispatch({ type: 'set', setting, value } as SessionInput)

  const midi = runtime.add(
    openMidi(runtime.context('midi'), {
      skipCountIn: () => set('count-in', 0),
      // Only where a host lends its ports is this part of the page fetched.
      openHostPorts: async (...how) => (await import('./devices/bridge.ts')).openHostPorts(runtime, ...how),
    }),
  )
  const { isInner } = midi
  runtime.add(sound.device(runtime.context('sound'), isInner))
  const mic = signal<StageMicrophone | null>(null)
  let microphone: Promise<MicrophoneDevice> | null = null
  const openMic = () => {
    microphone ??= import('./devices/microphone.ts').then(({ createMicrophone }) =>
      runtime.add(createMicrophone(runtime.context(microphoneSource), { ...sound, isInner })),
    )
    return microphone.then((opened) => {
      mic.value = opened.settings
      return opened
    })
  }
  const wasListening = remembered('microphone').peek().on
  // To decode and to compile may stall a browser for longer than loops are handed over ahead.
  const ready = Promise.all([sound.ready, modelsReady])
  const demo = runtime.add(createDemo(runtime.context('demo'), ready))
  const recent = runtime.add(createRecentNotes())
  const lastExchange = signal<Exchange | null>(null)
  let exchange: LastExchange | null = null
  // Nobody has been answered before it is there; without it, the score has no exchange to show.
  import('./devices/last-exchange.ts').then(
    ({ createLastExchange }) => {
      exchange = runtime.add(createLastExchange(lastExchange))
    },
    () => {},
  )
  import('./devices/wake-lock.ts').then(
    ({ createWakeLock }) => runtime.add(createWakeLock()),
    () => {},
  )
  const player = openPlayer(runtime.add)
  const keyLabels = openKeyboard(runtime.context('keyboard'))

  /** A visitor has become a performer, and said so by a key or a button: now the browser may ask for devices. */
  const begins = () => {
    sound.wakeUp()
    midi.begin()
    if (wasListening) void openMic().then((opened) => opened.begin(), reportError)
  }
  const session: Signal<SessionState> = signal(runtime.state)
  let isFrameAsked = false
  const showSoon = () => {
    if (isFrameAsked) return
    isFrameAsked = true
    requestAnimationFrame(() => {
      isFrameAsked = false
      session.value = runtime.state
    })
  }
  runtime.add({
    observe({ source }, _, state) {
      if (hasChanged(session.peek(), state)) showSoon()
      if (source === 'page' || source === 'keyboard') begins()
    },
  })
  const sayDeleted = () => {
    notice.value = { notice: null, detail: text.storage.deleted, at: runtime.clock.now() }
  }
  const performances: PerformanceStorage = createPerformances(browserStore(sayDeleted), {
    begin(from) {
      recent.reset()
      exchange?.reset()
      runtime.begin(from)
      if (typeof from !== 'number') begins()
      showSoon()
    },
    // All that sounds ends: the next performance knows nothing of its keys.
    end() {
      demo.takeOver()
      runtime.context('performances').dispatch({ type: 'run', action: 'panic' })
    },
    renderWav: sound.renderWav,
  })
  runtime.start()
  addEventListener('pagehide', runtime.silence)
  addEventListener('pagehide', () => {
    void performances.flush()
    player.flush()
  })
  addEventListener('beforeunload', (event) => performances.isAtRisk() && event.preventDefault())
  addEventListener('visibilitychange', () => void performances.flush())

  const keys = computed(() => session.value.keys)
  return {
    session,
    now: runtime.clock.now,
    position: () => positionAt(runtime.state, runtime.clock.now()),
    dispatch,
    act: (id) => dispatch(command(id)),
    set,
    begins,
    notice,
    sounding: computed(() => soundingKeys(keys.value)),
    recent: recent.list,
    lastExchange,
    midi: midi.settings,
    mic,
    openMic,
    sound: sound.settings,
    performances,
    player,
    demo: {
      ...demo,
      start() {
        sound.wakeUp()
        demo.start()
      },
      takeOver() {
        demo.takeOver()
        begins()
      },
    },
    diagnostics: () => ({
      ...runtime.diagnostics,
      answerMs: models.lastAnswerMs,
      restarts: models.restarts,
      outputLatencyMs: sound.outputLatencyMs(),
    }),
    loaded: computed(() => (sound.loaded.value + modelsLoaded.value) / 2),
    keyLabels,
  }
}

/** Whether anything has changed but the time. */
function hasChanged(before: SessionState, after: SessionState): boolean {
  return (Object.keys(after) as (keyof SessionState)[]).some((part) => part !== 'now' && after[part] !== before[part])
}
