import { signal } from '@preact/signals'
import type { MidiPitch } from '../../music/index.ts'
import { createPitchTracker } from '../../ports/mic/pitch-tracker.ts'
import type { Happening } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { MicDesk } from '../stage.ts'
import { text } from '../text.ts'
import { remembered } from './remembered.ts'

/** What the microphone's processor sends: samples, and when the first of them was heard. */
type Heard = { readonly samples: Float32Array; readonly at: Seconds }

/**
 * Makes a monophonic instrument or a voice a keyboard.
 *
 * @param happen something that was played, at a moment of the context's clock.
 */
export function openMic(context: AudioContext, happen: (happening: Happening, at: Seconds) => void): MicDesk {
  const on = signal(false)
  const trouble = signal<string | null>(null)
  const heard = signal<MidiPitch | null>(null)
  const latency = remembered('microphone-latency', { milliseconds: 20 })
  const latencyMs = signal(latency.peek().milliseconds)
  let end = () => {}

  const start = async () => {
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: plain })
    await context.audioWorklet.addModule(new URL('microphone.js', document.baseURI))
    const source = context.createMediaStreamSource(stream)
    const processor = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 })
    const tracker = createPitchTracker(context.sampleRate)
    /** Where the tracker's own clock began. */
    let began: Seconds | null = null
    const play = (notes: ReturnType<typeof tracker.hear>) => {
      for (const note of notes) happen(note.happening, Math.max(0, (began ?? 0) + note.at - latencyMs.peek() / 1000))
    }
    processor.port.onmessage = ({ data }: MessageEvent<Heard>) => {
      began ??= data.at
      play(tracker.hear(data.samples))
      heard.value = tracker.pitch
    }
    source.connect(processor)
    end = () => {
      source.disconnect()
      processor.port.onmessage = null
      for (const track of stream.getTracks()) track.stop()
      play(tracker.letGo())
      heard.value = null
    }
  }
  return {
    on,
    trouble,
    heard,
    latencyMs,
    setLatency(milliseconds) {
      latencyMs.value = milliseconds
      latency.value = { milliseconds }
    },
    async turn(wanted) {
      end()
      end = () => {}
      on.value = false
      trouble.value = null
      if (!wanted) return
      try {
        await start()
        on.value = true
      } catch (error) {
        const isRefused = error instanceof DOMException && error.name === 'NotAllowedError'
        trouble.value = isRefused ? text.mic.refused : text.mic.missing
      }
    },
  }
}
