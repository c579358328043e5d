import type { MidiPitch } from '../../music/index.ts'
import type { SessionInput } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { createPitchTracker, type TrackedNote } from './pitch-tracker.ts'
import { listeningSeconds, measuredLatency, tick, tickTimes } from './round-trip-latency.ts'

/** A microphone that is open. */
export type Microphone = {
  /** The pitch that sounds now; null in silence. */
  readonly pitch: MidiPitch | null
  /** The loudest sample of the last moments: 1 is full scale. */
  readonly level: number
  /**
   * How long after it is played in time with what is heard a note comes in: the way out to the loudspeaker and back. Notes
   * are put back by as much. At first it is what the browser says; a performer may know better.
   */
  latency: Seconds
  /**
   * Measures the latency: plays some ticks and listens to them. Meanwhile it hears no notes.
   *
   * @returns null where the ticks are not heard.
   */
  measure(): Promise<Seconds | null>
  end(): void
}

/** Why there is no microphone, and what to do: a sentence. */
export type MicrophoneTrouble = { readonly trouble: string }

/** Whoever listens to a microphone. */
export type MicrophoneListener = {
  /** A note that came in: with the time on the context's clock at which it began or ended, a moment ago. */
  receive(input: SessionInput, at: Seconds): void
  /** It is unplugged; what sounded has ended. */
  lost(): void
  /** The system gives it to somebody else for a while, or back. */
  muted(on: boolean): void
}

/** Without the browser's processing, which takes a melody for noise. */
const asItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 }

type Opening = {
  /** The id that the browser gives to a device; null for the one that the system uses. */
  readonly device?: string | null
  readonly devices?: Pick<MediaDevices, 'getUserMedia'> | undefined
}

/**
 * Opens a microphone for an instrument or a voice that plays one note at a time. Browsers ask their user first.
 *
 * @returns where there is none, or it is refused, the reason.
 */
export async function openMicrophone(
  context: AudioContext,
  listener: MicrophoneListener,
  { device = null, devices = navigator.mediaDevices }: Opening = {},
): Promise<Microphone | MicrophoneTrouble> {
  if (!devices) return { trouble: 'A microphone needs a page from localhost, or from https://.' }
  let stream: MediaStream | undefined
  try {
    stream = await devices.getUserMedia({
      audio: { ...asItIs, ...(device !== null && { deviceId: { exact: device } }) },
    })
    // A file of its own: the page's policy lets no script in that is written into another.
    await context.audioWorklet.addModule(new URL('./capture-worklet.js?no-inline', import.meta.url))
    return listenTo(context, stream, listener)
  } catch (error) {
    for (const track of stream?.getTracks() ?? []) track.stop()
    return { trouble: sentenceFor(error) }
  }
}

/** Samples that the microphone hands over, and the context's frame at which they came. */
type Captured = { readonly frame: number; readonly samples: Float32Array }

function listenTo(context: AudioContext, stream: MediaStream, listener: MicrophoneListener): Microphone {
  const { sampleRate } = context
  const [track] = stream.getAudioTracks()
  const tracker = createPitchTracker(sampleRate)
  const source = context.createMediaStreamSource(stream)
  const capture = new AudioWorkletNode(context, 'tradefours-capture', { numberOfOutputs: 0 })
  const ended = new AbortController()
  const { signal } = ended
  /** Where the tracker's first sample would lie on the context's clock, were none lost since. */
  let start: Seconds = 0
  let count = 0
  let level = 0
  let measuring: ((captured: Captured) => void) | null = null

  const report = (notes: readonly TrackedNote[]) => {
    for (const { input, at } of notes) listener.receive(input, Math.max(0, start + at - microphone.latency))
  }
  const letGo = () => {
    level = 0
    report(tracker.letGo())
  }
  const end = () => {
    ended.abort()
    source.disconnect()
    capture.port.close()
    for (const each of stream.getTracks()) each.stop()
    letGo()
  }
  const microphone: Microphone = {
    get pitch() {
      return tracker.pitch
    },
    get level() {
      return level
    },
    latency: statedLatency(context, track),
    async measure() {
      letGo()
      try {
        return measuredLatency(
          await captureTicks(context, signal, (capture) => {
            measuring = capture
          }),
          sampleRate,
        )
      } finally {
        measuring = null
      }
    },
    end,
  }
  capture.port.onmessage = ({ data }: MessageEvent<Captured>) => {
    const loudest = data.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    level = Math.max(loudest, level * fall)
    if (measuring) {
      measuring(data)
      return
    }
    start = (data.frame - count) / sampleRate
    count += data.samples.length
    report(tracker.listen(data.samples))
  }
  track?.addEventListener(
    'mute',
    () => {
      letGo()
      listener.muted(true)
    },
    { signal },
  )
  track?.addEventListener('unmute', () => listener.muted(false), { signal })
  track?.addEventListener(
    'ended',
    () => {
      end()
      listener.lost()
    },
    { signal },
  )
  // While the sound card sleeps nobody hears when a note ends.
  context.addEventListener('statechange', () => context.state !== 'running' && letGo(), { signal })
  source.connect(capture)
  return microphone
}

/** How much of the level is left after one block of 128 samples: it falls by half in a fifth of a second. */
const fall = 0.99

/** Longer than this nobody waits for ticks: the sound card may sleep. */
const patienceMs = 2000 + 1000 * listeningSeconds

/** Plays the ticks, and hands back what is heard from the first one on. */
async function captureTicks(
  context: AudioContext,
  ended: AbortSignal,
  listen: (capture: (captured: Captured) => void) => void,
): Promise<Float32Array> {
  const { sampleRate } = context
  const buffer = new AudioBuffer({ length: tick(sampleRate).length, sampleRate })
  buffer.copyToChannel(tick(sampleRate), 0)
  const first = Math.ceil((context.currentTime + 0.2) * sampleRate)
  for (const time of tickTimes) {
    const source = new AudioBufferSourceNode(context, { buffer })
    source.connect(context.destination)
    source.start(first / sampleRate + time)
  }
  const recording = new Float32Array(Math.round(listeningSeconds * sampleRate))
  await new Promise<void>((resolve) => {
    listen(({ frame, samples }) => {
      const at = frame - first
      if (at >= 0 && at + samples.length <= recording.length) recording.set(samples, at)
      if (at >= recording.length) resolve()
    })
    ended.addEventListener('abort', () => resolve())
    setTimeout(resolve, patienceMs)
  })
  return recording
}

/** From the context out to the loudspeaker, and from the microphone in, as the browser states it. */
function statedLatency(context: AudioContext, track: MediaStreamTrack | undefined): Seconds {
  const { latency = context.baseLatency } = (track?.getSettings() ?? {}) as { latency?: Seconds }
  return (context.outputLatency || context.baseLatency || 0) + (latency || 0)
}

function sentenceFor(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError') return "The microphone is not allowed here: allow it beside the page's address."
  if (name === 'NotFoundError') return 'There is no microphone: plug one in, and try again.'
  // Not every browser has the class of this error.
  if ((error as { name?: string })?.name === 'OverconstrainedError') {
    return 'The microphone that was chosen is not plugged in: plug it in, or choose another.'
  }
  return 'The microphone does not open: see whether another program holds it, and try again.'
}
