import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type AudioOutput, contextClock } from '../../devices/audio/index.ts'
import { type Clock, type Device, type DeviceContext, onSessionClock, voicedOutput } from '../../runtime/index.ts'
import type { Performance, Track } from '../../session/index.ts'
import { partSounds, tracks } from '../../session/index.ts'
import type { StageSound } from '../stage.ts'
import { text } from '../text.ts'
import { pageOutput } from './page-output.ts'
import { remembered } from './remembered.ts'
import { createSleepingOutput } from './sleeping-output.ts'

/** The page's sound card, which is the clock of its session, too. */
export type PageSound = {
  readonly context: AudioContext
  readonly clock: Clock
  readonly settings: StageSound
  /** Lets a session sound: its tracks that are not only sent to ports. */
  device(context: DeviceContext, isInner: (track: Track) => boolean): Device
  /** Resolves when there is sound, or none to be had. */
  readonly ready: Promise<void>
  /** What share of the sounds is decoded; 1 also where they can't be had, for then no more will come. */
  readonly loaded: ReadonlySignal<number>
  /** Whether time passes on the sound card. */
  isAwake(): boolean
  /** Lets the browser sound: it wants a key, a click or a touch first, and after an interruption again. */
  wakeUp(): void
  /** What the browser says of its way to the loudspeaker, in milliseconds. */
  outputLatencyMs(): number | null
  renderWav(performance: Performance, onProgress: (done: number) => void): Promise<Uint8Array<ArrayBuffer>>
}

/** A sound card that has not begun by then is not there. */
const patienceMs = 3000

/** Opens the sound card. It may sleep until the visitor does something; the sounds are loaded meanwhile. */
export function openSound(): PageSound {
  const context = new AudioContext({ latencyHint: 'interactive' })
  let isLatencyKnown = false
  const clock = contextClock(context, () => isLatencyKnown)
  const strips = remembered('strips')
  const master = remembered('master')
  const clickApart = signal(false)
  const loaded = signal(0)
  const [unfetched, silent] = [signal<string | null>(null), signal<string | null>(null)]
  let audio: AudioOutput | null = null
  const place = (track: Track) => {
    const { pan, reverb } = strips.value[track]
    audio?.setPlace(track, pan, reverb)
    // The machine stands across from the human, and never near.
    const across = Math.max(partSounds.answer.pan, Math.abs(pan))
    if (track === 'lead') audio?.setPlace('answer', pan > 0 ? -across : across, reverb)
  }
  const read = async (file: string) => (await fetch(new URL(`sounds/${file}`, document.baseURI))).arrayBuffer()
  const bank = import('./audio.ts').then(async ({ askLatency, createAudioOutput, loadBank }) => {
    askLatency(context, () => {
      isLatencyKnown = true
    })
    const found = await loadBank(context, read, (done) => {
      if (unfetched.peek() === null) loaded.value = done
    })
    audio = createAudioOutput(context, found)
    return found
  })
  const ready = bank.then(
    () => {
      audio?.setMaster(master.value)
      for (const track of tracks) place(track)
    },
    () => {
      unfetched.value = text.sound.unfetched
      loaded.value = 1
    },
  )
  const isAwake = () => context.state === 'running'
  // In the middle of a call the system refuses: then the next gesture tries again.
  const wakeUp = () => {
    if (!isAwake()) context.resume().catch(() => {})
    listenForTime()
  }
  let isListening = false
  /** Without a device some browsers say that they play, and no time passes. */
  const listenForTime = () => {
    if (isListening || context.currentTime > 0) return
    isListening = true
    setTimeout(() => {
      isListening = false
      silent.value = context.currentTime > 0 ? null : text.sound.none
      listenForTime()
    }, patienceMs)
  }
  const output = createSleepingOutput(
    {
      sound: (sound) => audio?.sound(sound),
      stop: (stop) => audio?.stop(stop),
      express: (express) => audio?.express(express),
      schedule: (note, at, seconds) => audio?.schedule(note, at, seconds),
      silence: (track, keysGoOn) => audio?.silence(track, keysGoOn),
    },
    isAwake,
  )
  context.onstatechange = () => {
    if (isAwake()) output.woke()
    // A device that was taken away, or a call that came in, leaves the context asleep.
    else if (navigator.userActivation?.hasBeenActive) wakeUp()
  }
  return {
    context,
    clock,
    ready,
    device: (session, isInner) => ({
      output: pageOutput(
        voicedOutput(onSessionClock(output, session.clock), () => session.state),
        isInner,
      ),
      observe({ source }) {
        // Whoever plays from outside may have pressed nothing on the page that would have woken it.
        if ((source === 'midi' || source === 'osc') && !isAwake()) wakeUp()
      },
    }),
    settings: {
      trouble: computed(() => unfetched.value ?? silent.value),
      strips,
      setStrip(track, change) {
        const strip = { ...strips.value[track], ...change }
        strips.value = { ...strips.value, [track]: strip }
        place(track)
      },
      level(track) {
        const { peak = 0 } = audio?.level(track) ?? {}
        return track === 'lead' ? Math.max(peak, audio?.level('answer').peak ?? 0) : peak
      },
      clickApart,
      canSetClickApart: context.destination.maxChannelCount >= 4,
      setClickApart(on) {
        clickApart.value = audio?.setClickApart(on) ?? false
      },
      master,
      setMaster(volume) {
        master.value = volume
        audio?.setMaster(volume)
      },
    },
    loaded,
    isAwake,
    wakeUp,
    outputLatencyMs() {
      const seconds = isLatencyKnown && (context.outputLatency || context.baseLatency)
      return seconds ? 1000 * seconds : null
    },
    async renderWav(performance, onProgress) {
      const { wavOf } = await import('./exports.ts')
      return wavOf(performance, await bank, context.sampleRate, onProgress)
    },
  }
}
