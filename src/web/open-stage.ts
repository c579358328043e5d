import { batch, computed, type Signal, signal } from '@preact/signals'
import { wakeEvery } from '../devices/clock/web.ts'
import { createOwnSound } from '../devices/mic/echo-rejection.ts'
import type { Soloist } from '../improv/index.ts'
import { urlFiles } from '../io/checkpoints/index.ts'
import { browserStore } from '../io/storage/web.ts'
import { readMagentaJs } from '../models/index.ts'
import {
  behind,
  clockAfter,
  createLive,
  createPartner,
  type Live,
  loadModels,
  type Output,
  stateAfter,
  voiced,
  wakeMs,
} from '../runtime/index.ts'
import { spawnWebWorker } from '../runtime/worker/web.ts'
import {
  type Effect,
  type Happening,
  type Performance,
  positionAt,
  type SessionEvent,
  type SessionState,
  startSession,
} from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'
import { createDemo } from './devices/demo.ts'
import { createKeeper } from './devices/keep.ts'
import { openKeyboard } from './devices/keyboard.ts'
import { createPastTrades } from './devices/last-exchange.ts'
import { createMic } from './devices/mic.ts'
import { openMidi } from './devices/midi.ts'
import { openSound } from './devices/sound.ts'
import { createSoundingKeys } from './devices/sounding-keys.ts'
import { createWakeLock } from './devices/wake-lock.ts'
import type { Stage, ToldNotice } from './stage.ts'

/** How often what was played is stored: a crash costs no more than this. */
const flushMs = 2000

/**
 * Opens the instrument: sound, hands, models and what is kept come together here. It plays from the first moment on;
 * sounds and models join as they arrive.
 */
export function openStage(): Stage {
  const sound = openSound()
  const partner = createPartner(spawnWebWorker)
  const sounding = createSoundingKeys()
  const trades = createPastTrades(() => partner.lastMelody)
  const wakeLock = createWakeLock()
  const notice: Signal<ToldNotice | null> = signal(null)
  const session: Signal<SessionState> = signal(startSession())
  const modelsLoaded = signal(0)
  let soloist: Soloist | null = null
  let live: Live
  let now = sound.clock.now
  let momentOf = sound.clock.of

  let isFrameAsked = false
  const showSoon = () => {
    if (isFrameAsked) return
    isFrameAsked = true
    requestAnimationFrame(() => {
      isFrameAsked = false
      batch(() => {
        session.value = live.state
        sounding.show()
      })
    })
  }
  const heard = (event: SessionEvent, effects: readonly Effect[], state: SessionState) => {
    keeper.keep(event, effects)
    midi.heard(event, effects, state)
    demo.heard(event)
    trades.follow(state)
    wakeLock.hold(state.transport.playing)
    sounding.hear(effects, state.transport, event.at)
    for (const effect of effects) {
      if (effect.type !== 'tell') continue
      notice.value = { notice: effect.notice, detail: effect.detail ?? null, at: event.at }
    }
    if (hasChanged(session.peek(), state)) showSoon()
  }

  const midi = openMidi(
    {
      happen(happening, timeStamp) {
        live.happen(happening, momentOf(timeStamp))
        // Whoever plays by MIDI may have pressed nothing on the page that would have woken it.
        if (!sound.isAwake()) sound.wakeUp()
      },
      act: (action, value) => act(action, value),
    },
    { of: (timeStamp) => momentOf(timeStamp) },
  )
  /** How far the session's clock is ahead of the sound card's. */
  let ahead: Seconds = 0
  const ownSound = createOwnSound(() => now())
  let isFromMic = false
  const mic = createMic({
    context: sound.context,
    wakeUp: sound.wakeUp,
    happen(happening, at) {
      isFromMic = true
      live.happen(happening, at + ahead)
      isFromMic = false
    },
    isOwn: (pitch, at) => ownSound.has(pitch, at + ahead),
  })
  /** The page's own sound, of the tracks that it is to have. What a microphone hears sounds already. */
  const inner = (output: Output): Output => ({
    ...output,
    sound(effect) {
      if (!midi.isInner(effect.track) || (isFromMic && effect.by === 'human')) return
      output.sound(voiced(effect, live.state))
    },
    schedule: (note, at, seconds) => midi.isInner(note.track) && output.schedule(note, at, seconds),
  })

  /** Begins a performance, or goes on after the last event of one. */
  const begin = (from: Performance | number) => {
    const [seed, state] = typeof from === 'number' ? [from, startSession(from)] : [from.seed, stateAfter(from)]
    sound.output.silence(null)
    sounding.reset()
    trades.reset()
    const clock = clockAfter(sound.clock, state.now)
    ahead = clock.ahead
    const begun = createLive(
      {
        clock,
        outputs: [midi.output, inner(behind(sound.output, clock.ahead)), inner(ownSound.output)],
        get soloist() {
          return soloist
        },
        // An answer that comes when another performance has begun is nobody's.
        ask: async (question) => {
          const answer = await partner.ask(question)
          return live === begun ? answer : null
        },
        heard,
      },
      seed,
      state,
    )
    live = begun
    now = clock.now
    momentOf = clock.of
    if (typeof from !== 'number') happen({ type: 'act', action: 'stop' })
    showSoon()
  }
  /** Ends all that sounds of a performance: the next one knows nothing of its keys. */
  const end = () => {
    demo.takeOver()
    live.happen({ type: 'act', action: 'stop' })
  }
  const demo = createDemo({
    now: () => now(),
    happen: ({ at, ...happening }) => live.happen(happening as Happening, at),
    ready: sound.ready,
  })
  const keeper = createKeeper(browserStore(), { begin, end, renderWav: sound.renderWav })

  wakeEvery(wakeMs, () => {
    if (sound.isAwake()) {
      demo.wake()
      live.wake()
    }
    midi.wake(sound.isAwake() ? live.state.transport : null)
  })
  setInterval(keeper.flush, flushMs)
  addEventListener('pagehide', keeper.flush)
  addEventListener('visibilitychange', keeper.flush)
  void loadModels((name) => readMagentaJs(urlFiles(new URL(`weights/${name}`, document.baseURI).href)), partner, {
    onSoloist(found) {
      soloist = found
    },
    onModel(done, of) {
      modelsLoaded.value = done / of
    },
    onTrouble: reportError,
  })

  /** A visitor has become a performer, and said so by a key or a button: now the browser may ask for devices. */
  const begins = () => {
    sound.wakeUp()
    midi.begin()
    mic.begin()
  }

  const happen = (happening: Happening, at?: Seconds) => {
    live.happen(happening, at)
    begins()
  }
  const act: Stage['act'] = (action, value, by) =>
    happen({ type: 'act', action, ...(value !== undefined && { value }), ...(by !== undefined && { by }) })
  const keyLabels = openKeyboard({ happen: (happening, timeStamp) => happen(happening, momentOf(timeStamp)), act })
  return {
    session,
    now: () => now(),
    position: () => positionAt(live.state, now()),
    happen,
    act,
    begins,
    notice,
    sounding: sounding.keys,
    recent: sounding.recent,
    midi: midi.desk,
    mic: mic.desk,
    sound: sound.desk,
    keep: keeper,
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
    trust: () => ({
      trust: live.trust,
      answerMs: partner.lastAnswerMs,
      restarts: partner.restarts,
      outputLatencyMs: sound.outputLatencyMs(),
    }),
    loaded: computed(() => (sound.loaded.value + modelsLoaded.value) / 2),
    lastTrade: trades.last,
    keyLabels,
  }
}

/** Whether anything is another but the time. */
function hasChanged(before: SessionState, after: SessionState): boolean {
  return (Object.keys(after) as (keyof SessionState)[]).some((part) => part !== 'now' && after[part] !== before[part])
}
