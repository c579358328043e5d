import type { Output } from '../output.ts'
import { createBand } from './band.ts'
import type { Bank } from './bank.ts'
import { createMixer, type Mixer } from './mixer.ts'

/** Sounds, by the bank's voices, and what the performer's mixer shows. */
export type AudioOutput = Output & Pick<Mixer, 'level' | 'setClickApart' | 'setPlace' | 'setMaster'>

/** Makes an output that sounds on a context, whose time is the session's: live notes at once, loops to the sample. */
export function createAudioOutput(context: BaseAudioContext, bank: Bank): AudioOutput {
  const { into, ...controls } = createMixer(context)
  const band = createBand(context, bank, { into, ...controls })
  return {
    ...controls,
    sound: (sound) => band.sound(sound, context.currentTime),
    stop: (stop) => band.stop(stop, context.currentTime),
    express: (express) => band.express(express, context.currentTime),
    schedule: band.schedule,
    silence: (track) => band.silence(track, context.currentTime),
  }
}
