import { computed, signal } from '@preact/signals'
import type { Microphone, MicrophoneListener, MicrophoneTrouble } from '../../devices/mic/index.ts'
import { createEchoRejection, type DeviceContext, type Output } from '../../runtime/index.ts'
import type { Track } from '../../session/index.ts'
import type { PortChoice, StageMicrophone } from '../stage.ts'
import { text } from '../text.ts'
import { pageOutput } from './page-output.ts'
import { remembered } from './remembered.ts'

/** The sound card that a microphone is read by, and what the page sounds through it. */
type PageSound = {
  readonly context: AudioContext
  /** Lets the sound card run: in a gesture. */
  wakeUp(): void
  /** Whether a track sounds through the page itself. */
  isInner(track: Track): boolean
}

/** The page's microphone. */
export type MicrophoneDevice = {
  /** Sounds nothing: it only remembers what the page sounds, which a microphone may hear. */
  readonly output: Output
  readonly settings: StageMicrophone
  /** Somebody has begun to play: a microphone that was on at the last visit opens. */
  begin(): void
}

/** How a microphone is opened: a part of the page that is only fetched where one is wanted. */
export type OpenMicrophone = (
  context: AudioContext,
  listener: MicrophoneListener,
  opening: { readonly device: string | null },
) => Promise<Microphone | MicrophoneTrouble>

const fetchAndOpen: OpenMicrophone = async (...opening) =>
  (await import('../../devices/mic/index.ts')).openMicrophone(...opening)

/** Other names that browsers give the device that the system uses. */
const systemsOwn = ['default', 'communications']

/** Makes the page's microphone. It asks the browser for nothing before it is switched on. */
export function createMicrophone(
  { clock, dispatch }: Pick<DeviceContext, 'clock' | 'dispatch'>,
  { context, wakeUp, isInner }: PageSound,
  open: OpenMicrophone = fetchAndOpen,
): MicrophoneDevice {
  const settings = remembered('microphone')
  const echo = createEchoRejection(clock.now)
  const trouble = signal<string | null>(null)
  const devices = signal<readonly PortChoice[]>([])
  const saidMs = signal<number | null>(null)
  const measured = signal<string | null>(null)
  const isMeasuring = signal(false)
  let microphone: Microphone | null = null
  /** Of two requests that are under way the newer one counts. */
  let requests = 0
  let hasBegun = false
  let sounding: number | null = null

  const set = (change: Partial<typeof settings.value>) => {
    settings.value = { ...settings.value, ...change }
  }
  const listener: MicrophoneListener = {
    receive(input, contextTime) {
      const at = contextTime + clock.ahead
      if (input.type === 'noteOn') {
        if (settings.peek().loudspeakers && echo.has(input.pitch, at)) return
        sounding = input.pitch
        dispatch({ ...input, channel }, at)
      } else if (input.type === 'noteOff' && input.pitch === sounding) {
        sounding = null
        dispatch({ ...input, channel }, at)
      }
    },
    lost() {
      microphone = null
      trouble.value = micText.lost
    },
    muted(on) {
      trouble.value = on ? micText.muted : null
    },
  }
  const listDevices = async () => {
    const found = (await navigator.mediaDevices?.enumerateDevices().catch(() => null)) ?? []
    // They have no names before the browser's user has allowed one.
    devices.value = found.flatMap(({ kind, deviceId, label }) =>
      kind === 'audioinput' && label !== '' && !systemsOwn.includes(deviceId)
        ? [{ id: deviceId, name: label, connected: true }]
        : [],
    )
  }
  const close = () => {
    const closing = microphone
    microphone = null
    closing?.end()
  }
  const follow = async () => {
    const request = ++requests
    hasBegun = true
    close()
    trouble.value = null
    measured.value = null
    const { on, id } = settings.peek()
    if (!on) return
    wakeUp()
    const opened = await open(context, listener, { device: id }).catch(() => ({
      trouble: text.notFetched('The microphone’s part of the page'),
    }))
    if (request !== requests) {
      if (!('trouble' in opened)) opened.end()
      return
    }
    if ('trouble' in opened) trouble.value = opened.trouble
    else {
      microphone = opened
      saidMs.value = Math.round(1000 * opened.latency)
      useLatency()
    }
    await listDevices()
  }
  const useLatency = () => {
    const { latencyMs } = settings.peek()
    if (microphone) microphone.latency = (latencyMs ?? saidMs.peek() ?? 0) / 1000
  }
  const setLatency = (latencyMs: number | null) => {
    set({ latencyMs: latencyMs === null ? null : Math.min(mostMs, Math.max(0, Math.round(latencyMs))) })
    useLatency()
  }
  navigator.mediaDevices?.addEventListener('devicechange', () => {
    if (hasBegun && settings.peek().on && !microphone) void follow()
    else void listDevices()
  })
  void listDevices()
  return {
    output: pageOutput(echo.output, isInner),
    begin() {
      if (!hasBegun && settings.peek().on) void follow()
      hasBegun = true
    },
    settings: {
      trouble,
      on: computed(() => settings.value.on),
      switchOn(on) {
        set({ on })
        void follow()
      },
      inputs: computed(() => {
        const { id, name } = settings.value
        const isMissing = id !== null && !devices.value.some((device) => device.id === id)
        return isMissing ? [...devices.value, { id, name: name ?? id, connected: false }] : devices.value
      }),
      input: computed(() => settings.value.id),
      chooseInput(id) {
        const name = devices.peek().find((device) => device.id === id)?.name ?? null
        // What was measured was another device's.
        set({ id, name, latencyMs: null })
        void follow()
      },
      reading: () => ({ pitch: microphone?.pitch ?? null, level: microphone?.level ?? 0 }),
      latencyMs: computed(() => settings.value.latencyMs ?? saidMs.value),
      isOwnLatency: computed(() => settings.value.latencyMs !== null),
      setLatency(latencyMs) {
        measured.value = null
        setLatency(latencyMs)
      },
      measured,
      isMeasuring,
      async measure() {
        if (!microphone || isMeasuring.peek()) return
        wakeUp()
        isMeasuring.value = true
        measured.value = null
        const way = await microphone.measure().catch(() => null)
        isMeasuring.value = false
        if (way !== null) setLatency(1000 * way)
        measured.value = way === null ? micText.heardNothing : micText.measured(Math.round(1000 * way))
      },
      loudspeakers: computed(() => settings.value.loudspeakers),
      setLoudspeakers: (loudspeakers) => set({ loudspeakers }),
    },
  }
}

/** Heard notes have a channel of their own: what keyboards hold and bind is theirs. */
const channel = 16

/** No round trip takes longer. */
const mostMs = 1000

/** What is said of the microphone. */
export const micText = {
  lost: 'The microphone is gone. Plug it in to go on.',
  muted: 'The microphone is silent: the system has muted it, or another program uses it.',
  measured: (milliseconds: number) => `Measured: the round trip takes ${milliseconds} ms.`,
  heardNothing:
    'The ticks were not heard. Turn the loudspeaker up, or hold the headphones to the microphone, and measure again.',
} as const
