import { type Band, createBand } from '../../src/devices/audio/band.ts'
import { channelsOf } from '../../src/devices/audio/channels.ts'
import { createMixer } from '../../src/devices/audio/mixer.ts'
import type { Wave } from '../../src/io/wav.ts'
import type { Drum } from '../../src/music/index.ts'
import { drumPitch } from '../../src/music/index.ts'
import { strokeLoudness } from './loudness.ts'
import { octaveBands, octaves } from './spectrum.ts'
import { type Studio, sampleRate } from './studio.ts'

/** Equal strokes, as a drummer plays eighths at 120: after each the drum rings out, so that it can be compared. */
const count = 12
const apart = 2

/** How alike twelve equal strokes of a drum are. */
export type Alikeness = {
  /** Of the two that are most alike, how far their difference is below them, in dB; −∞ where they are the same. */
  readonly nearest: number
  /** The same for the two that are least alike. */
  readonly furthest: number
  /** How far apart the softest and the loudest of them are, in LU. */
  readonly spread: number
}

/** Plays a drum twelve times, always as hard, and compares each stroke with each other. */
export async function twelveStrokes(studio: Studio, drum: Drum): Promise<Alikeness> {
  const strokes = cut(
    await hear(studio, count * apart, (band) => {
      for (let index = 0; index < count; index++) strike(band, drum, 90, index * apart, index / 2)
    }),
    apart,
  )
  const differences = strokes.flatMap((one, index) =>
    strokes.slice(index + 1).map((other) => 10 * Math.log10(distance(one, other) / power(one))),
  )
  const loudness = strokes.map((stroke) => strokeLoudness(stroke, 0.05))
  return {
    nearest: Math.min(...differences),
    furthest: Math.max(...differences),
    spread: Math.max(...loudness) - Math.min(...loudness),
  }
}

/** What a drum makes of how hard it is struck. */
export type Dynamics = {
  /** LU between velocities 32 and 120. */
  readonly loudness: number
  /** By how many dB the octaves from 4 kHz up gain on the others meanwhile. */
  readonly brightness: number
}

/** Plays a drum softly and hard. */
export async function dynamics(studio: Studio, drum: Drum): Promise<Dynamics> {
  const [soft, hard] = (
    await hear(studio, 2 * apart, (band) => {
      strike(band, drum, 32, 0, 0)
      strike(band, drum, 120, apart, 1)
    }).then((wave) => cut(wave, apart))
  ).map((stroke) => ({ loudness: strokeLoudness(stroke, 0.05), brightness: brightness(stroke) }))
  if (!soft || !hard) throw new Error('There are two strokes.')
  return { loudness: hard.loudness - soft.loudness, brightness: hard.brightness - soft.brightness }
}

/** How strong a sound's octaves from 4 kHz up are against all of it, in dB. */
function brightness(wave: Wave): number {
  const high = octaveBands(wave).filter((_, octave) => (octaves[octave] as number) >= 4000)
  return 10 * Math.log10(high.reduce((sum, band) => sum + 10 ** (band / 10), 0))
}

/** What the human's and the machine's notes are told apart by. */
export type Apartness = {
  /** Mean difference of their octaves, in dB. */
  readonly timbre: number
  /** How much further to the right the machine is, as the difference of the levels of the ears, in dB. */
  readonly place: number
}

/** Plays a note as the human's and as the machine's. */
export async function apartness(studio: Studio, pitch: number): Promise<Apartness> {
  const note = (by: 'human' | 'machine') =>
    hear(studio, 2, (band) => {
      band.sound({ type: 'sound', track: 'lead', pitch, velocity: 90, gain: 1, by, key: pitch }, 0)
      band.stop({ type: 'stop', track: 'lead', pitch }, 0.5)
    })
  const [human, machine] = [await note('human'), await note('machine')]
  const [bandsOfHuman, bandsOfMachine] = [octaveBands(human), octaveBands(machine)]
  const heard = octaves.map((_, octave) => octave).filter((octave) => (octaves[octave] as number) >= 250)
  const differences = heard.map((octave) => Math.abs((bandsOfHuman[octave] ?? 0) - (bandsOfMachine[octave] ?? 0)))
  return {
    timbre: differences.reduce((sum, each) => sum + each, 0) / differences.length,
    place: toTheRight(machine) - toTheRight(human),
  }
}

function toTheRight({ channels: [left, right] }: Wave): number {
  return 10 * Math.log10(energy(right) / energy(left))
}

/** Renders what a band does. */
async function hear({ createContext, bank }: Studio, seconds: number, play: (band: Band) => void): Promise<Wave> {
  const context = createContext(2, seconds * sampleRate, sampleRate)
  play(createBand(context, bank, createMixer(context)))
  return { channels: channelsOf(await context.startRendering()), sampleRate }
}

function strike(band: Band, drum: Drum, velocity: number, at: number, beat: number): void {
  band.schedule({ track: 'drums', pitch: drumPitch(drum), velocity, gain: 1, beat, beats: 0 }, at, 0.1)
}

function cut({ channels, sampleRate }: Wave, seconds: number): readonly Wave[] {
  const length = seconds * sampleRate
  return Array.from({ length: (channels[0]?.length ?? 0) / length }, (_, index) => ({
    channels: channels.map((channel) => channel.subarray(index * length, (index + 1) * length)),
    sampleRate,
  }))
}

function energy(samples: Float32Array = new Float32Array()): number {
  return samples.reduce((sum, x) => sum + x * x, 0)
}

const power = ({ channels }: Wave) => channels.reduce((sum, channel) => sum + energy(channel), 0)

function distance(one: Wave, other: Wave): number {
  return power({
    channels: one.channels.map((channel, side) => channel.map((x, at) => x - (other.channels[side]?.[at] ?? 0))),
    sampleRate: one.sampleRate,
  })
}
