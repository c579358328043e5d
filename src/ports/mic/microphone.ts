import type { MidiPitch } from '../../music/index.ts'
import type { Happening } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { createPitchTracker, type HeardNote } from './pitch-tracker.ts'

/** A microphone that is open. */
export type Microphone = {
  /** The pitch that sounds now; null in silence. */
  readonly pitch: MidiPitch | null
  /**
   * How long after it is played in time with what is heard a note comes in: the way out to the loudspeaker and back. Notes
   * are put back by as much. At first it is what the browser says; a performer may know better.
   */
  latency: Seconds
  end(): void
}

/** Why there is no microphone, and what to do: a sentence. */
export type MicrophoneTrouble = { readonly trouble: string }

/** Hears the notes that come in: with the times on the context's clock at which they began and ended, a moment ago. */
type Hears = (happening: Happening, at: Seconds) => void

/** What would take a melody for noise and chatter, and mend it. */
const asItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 }

/**
 * Opens a microphone for an instrument or a voice that plays one note at a time. Browsers ask their user first.
 *
 * @param lost told when it is unplugged; what sounded has ended then.
 * @returns where there is none, or it is refused, the reason.
 */
export async function openMicrophone(
  context: AudioContext,
  hears: Hears,
  lost: () => void = () => {},
  devices: Pick<MediaDevices, 'getUserMedia'> | undefined = navigator.mediaDevices,
): Promise<Microphone | MicrophoneTrouble> {
  if (!devices) return { trouble: 'A microphone needs a page from localhost, or from https://.' }
  let stream: MediaStream | undefined
  try {
    stream = await devices.getUserMedia({ audio: asItIs })
    // A file of its own: the page's policy lets no script in that is written into another.
    await context.audioWorklet.addModule(new URL('./capture-worklet.js?no-inline', import.meta.url))
    return listenTo(context, stream, hears, lost)
  } catch (error) {
    for (const track of stream?.getTracks() ?? []) track.stop()
    return { trouble: sentenceFor(error) }
  }
}

function listenTo(context: AudioContext, stream: MediaStream, hears: Hears, lost: () => void): Microphone {
  const { sampleRate } = context
  const [track] = stream.getAudioTracks()
  const tracker = createPitchTracker(sampleRate)
  const source = context.createMediaStreamSource(stream)
  const capture = new AudioWorkletNode(context, 'tradefours-capture', { numberOfOutputs: 0 })
  /** Where the tracker's first sample would lie on the context's clock, were none lost since. */
  let start: Seconds = 0
  let count = 0

  const tell = (notes: readonly HeardNote[]) => {
    for (const { happening, at } of notes) hears(happening, Math.max(0, start + at - microphone.latency))
  }
  const end = () => {
    source.disconnect()
    capture.port.close()
    for (const each of stream.getTracks()) each.stop()
    tell(tracker.letGo())
  }
  const microphone: Microphone = {
    get pitch() {
      return tracker.pitch
    },
    latency: wayAround(context, track),
    end,
  }
  capture.port.onmessage = ({ data }: MessageEvent<{ readonly frame: number; readonly samples: Float32Array }>) => {
    start = (data.frame - count) / sampleRate
    count += data.samples.length
    tell(tracker.hear(data.samples))
  }
  track?.addEventListener('ended', () => {
    end()
    lost()
  })
  source.connect(capture)
  return microphone
}

/** From the context out to the loudspeaker, and from the microphone in, as the browser states it. */
function wayAround(context: AudioContext, track: MediaStreamTrack | undefined): Seconds {
  const { latency = context.baseLatency } = (track?.getSettings() ?? {}) as { latency?: Seconds }
  return (context.outputLatency || context.baseLatency || 0) + (latency || 0)
}

function sentenceFor(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError') return "The microphone is not allowed here: allow it beside the page's address."
  if (name === 'NotFoundError') return 'There is no microphone: plug one in, and try again.'
  return 'The microphone does not open: see whether another program holds it, and try again.'
}
