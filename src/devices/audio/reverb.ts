import { seeded } from '../../models/index.ts'
import type { Seconds } from '../../timing/index.ts'

/** How long the room takes to die away by 60 dB: a small hall, so that fast lines stay clear. */
const decay: Seconds = 1.3

/** Before the first echo, so that the sound itself stays in front. */
const predelay: Seconds = 0.012

/** High tones die away faster: the frequency that echoes are cut at, from the first to the last. */
const brightness = { first: 9000, last: 1200 }

/**
 * A room, as a convolution with an echo that is made here: noise that dies away and darkens, another for each ear. The
 * same on every machine.
 */
export function createReverb(context: BaseAudioContext): ConvolverNode {
  const { sampleRate } = context
  const from = Math.round(predelay * sampleRate)
  const length = Math.ceil(decay * sampleRate)
  const fading = 10 ** (-3 / length)
  const darkening = (brightness.last / brightness.first) ** (1 / length)
  const echo = context.createBuffer(2, from + length, sampleRate)
  for (const [ear, seed] of [1, 2].entries()) {
    const samples = echo.getChannelData(ear)
    const random = seeded(seed)
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
  const reverb = context.createConvolver()
  reverb.normalize = false
  reverb.buffer = echo
  return reverb
}
