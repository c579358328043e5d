import {
  type DueNote,
  type Express,
  mixParts,
  type Part,
  partOf,
  partSounds,
  partsOf,
  type Track,
} from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { Sound, Stop } from '../output.ts'
import type { Bank, VoiceName } from './bank.ts'
import type { Mixer } from './mixer.ts'
import { createVoice, type Voice } from './voice.ts'

/** Who plays what. */
export type Cast = Readonly<Record<Part, VoiceName>>

/** As a performance begins: the voices of the track table. */
export const usualCast = Object.fromEntries(mixParts.map((part) => [part, partSounds[part].voice])) as Cast

/** Voices in their places. What the session wants, at times of the context, in any future. */
export type Band = {
  sound(sound: Sound, at: Seconds): void
  stop(stop: Stop, at: Seconds): void
  express(express: Express, at: Seconds): void
  schedule(note: DueNote, at: Seconds, seconds: Seconds): void
  silence(track: Track | null, at: Seconds): void
}

/** Gathers the voices of a bank around a mixer. */
export function createBand(context: BaseAudioContext, bank: Bank, mixer: Mixer, cast: Cast = usualCast): Band {
  const voiceOf = (part: Part) => createVoice(context, bank[cast[part]], (pan) => mixer.into(part, pan))
  const voices = Object.fromEntries(mixParts.map((part) => [part, voiceOf(part)])) as Record<Part, Voice>
  return {
    sound(sound, at) {
      voices[partOf(sound.track, sound.by)].play(sound, sound.gain, at)
    },
    stop(stop, at) {
      for (const part of partsOf(stop.track)) voices[part].release(stop, at)
    },
    express(express, at) {
      for (const part of partsOf(express.track)) voices[part].express(express, at)
    },
    schedule({ track, by = 'human', gain, ...struck }, at, seconds) {
      voices[partOf(track, by)].play(struck, gain, at, seconds)
    },
    silence(track, at) {
      for (const part of track === null ? mixParts : partsOf(track)) voices[part].silence(at)
    },
  }
}
