import { seeded } from '../../models/index.ts'
import type { Seconds } from '../../timing/index.ts'

/** What a room makes of a sound. */
export type Room = {
  /** How long it takes to die away by 60 dB. */
  readonly decay: Seconds
  /** Before the first echo, so that the sound itself stays in front. */
  readonly predelay: Seconds
  /** High tones die away faster: the frequency that echoes are cut at, in hertz, from the first to the last. */
  readonly brightness: { readonly first: number; readonly last: number }
  /** The lowest frequency that comes back, in hertz. */
  readonly from: number
  /** Tells its echoes from those of another. */
  readonly seed: number
}

/** A small hall, so that fast lines stay clear. */
export const hall: Room = {
  decay: 1.3,
  predelay: 0.012,
  brightness: { first: 9000, last: 1200 },
  from: 20,
  seed: 1,
}

/** What two microphones over a drum kit hear besides the drums themselves: the kit from all sides, and walls near it. */
export const overheads: Room = {
  decay: 0.45,
  predelay: 0.0015,
  brightness: { first: 18_000, last: 5000 },
  from: 220,
  seed: 3,
}

/**
 * A room, as a convolution with an echo that is made here: noise that dies away and darkens, another for each ear. The
 * same on every machine.
 *
 * @param to where what comes back goes.
 * @returns where sounds go in.
 */
export function createRoom(
  context: BaseAudioContext,
  { decay, predelay, brightness, from: lowest, seed }: Room,
  to: AudioNode,
): AudioNode {
  const { sampleRate } = context
  const from = Math.round(predelay * sampleRate)
  const length = Math.ceil(decay * sampleRate)
  const fading = 10 ** (-3 / length)
  const darkening = (brightness.last / brightness.first) ** (1 / length)
  const echo = context.createBuffer(2, from + length, sampleRate)
  for (const ear of [0, 1]) {
    const samples = echo.getChannelData(ear)
    const random = seeded(seed + ear)
    let volume = 1
    let cut = brightness.first
    let dark = 0
    let power = 0
    for (let at = from; at < samples.length; at++) {
      dark += (1 - Math.exp((-2 * Math.PI * cut) / sampleRate)) * (2 * random.next() - 1 - dark)
      const sample = volume * dark
      samples[at] = sample
      power += sample * sample
      volume *= fading
      cut *= darkening
    }
    // As loud as what comes in, if that is noise, at every sample rate.
    const scale = 1 / Math.sqrt(power)
    for (let at = from; at < samples.length; at++) samples[at] = scale * (samples[at] as number)
  }
  const room = context.createConvolver()
  room.normalize = false
  room.buffer = echo
  const lows = context.createBiquadFilter()
  lows.type = 'highpass'
  lows.frequency.value = lowest
  lows.connect(room).connect(to)
  return lows
}
