import { type Random, seeded } from '../src/models/index.ts'
import type { MidiPitch } from '../src/music/index.ts'

/** The rate of what is played here. */
export const sampleRate = 48_000

/** A note that is played to the microphone. */
export type Played = {
  readonly pitch: MidiPitch
  readonly at: number
  readonly seconds: number
  readonly level?: number
}

/** How a sound is made: its value at a time since the note began. */
export type Instrument = (hertz: number, time: number, note: Played, random: Random) => number

/** The frequency of a MIDI pitch. */
export const hertzOf = (pitch: number) => 440 * 2 ** ((pitch - 69) / 12)

/** A sample of white noise. */
export const noise = (random: Random) => 2 * random.next() - 1

/** The sound of notes, with the hiss of a microphone. */
export function soundOf(notes: readonly Played[], instrument: Instrument, hiss = 0.001): Float32Array {
  const random = seeded(1)
  const last = notes.at(-1)
  const samples = new Float32Array(Math.ceil(((last ? last.at + last.seconds : 0) + 0.6) * sampleRate))
  for (const note of notes) {
    const from = Math.round(note.at * sampleRate)
    const to = Math.min(samples.length, from + Math.round((note.seconds + 0.15) * sampleRate))
    for (let at = from; at < to; at++) {
      samples[at] = (samples[at] as number) + instrument(hertzOf(note.pitch), (at - from) / sampleRate, note, random)
    }
  }
  return samples.map((sample) => sample + hiss * noise(random))
}

/** A string that is plucked, rings and is damped. */
export const pluckedBass: Instrument = (hertz, time, { seconds, level = 0.3 }, random) => {
  let wave = time < 0.004 ? 0.3 * noise(random) : 0
  for (let harmonic = 1; harmonic <= 8; harmonic++) {
    const decay = Math.exp(-time * (2 + 0.6 * harmonic))
    wave += (decay / harmonic ** 1.2) * Math.sin(2 * Math.PI * harmonic * hertz * time + harmonic)
  }
  return level * wave * Math.min(1, time / 0.003) * Math.exp(-Math.max(0, time - seconds) / 0.03)
}
