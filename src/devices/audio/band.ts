import type { DueNote, Track } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { Sound, Stop } from '../output.ts'
import type { Bank, VoiceName } from './bank.ts'
import type { Mixer, Part } from './mixer.ts'
import { mixedParts } from './mixer.ts'
import { createVoice, type Voice } from './voice.ts'

/** Who plays what. */
export type Cast = Readonly<Record<Part, VoiceName>>

/** As a performance begins. */
export const usualCast: Cast = {
  click: 'click',
  bass: 'upright-bass',
  drums: 'kit',
  chords: 'electric-piano',
  solo: 'fm-piano',
  answer: 'vibraphone',
}

/** Voices in their places. What the session wants, at times of the context, in any future. */
export type Band = {
  sound(sound: Sound, at: Seconds): void
  stop(stop: Stop, at: Seconds): void
  schedule(note: DueNote, at: Seconds, seconds: Seconds): void
  silence(track: Track | null, at: Seconds): void
}

/** Gathers the voices of a bank around a mixer. */
export function createBand(context: BaseAudioContext, bank: Bank, mixer: Mixer, cast: Cast = usualCast): Band {
  const voiceOf = (part: Part) => createVoice(context, bank[cast[part]], (pan) => mixer.into(part, pan))
  const voices = Object.fromEntries(mixedParts.map((part) => [part, voiceOf(part)])) as Record<Part, Voice>
  return {
    sound({ track, by, pitch, velocity, gain }, at) {
      voices[track === 'solo' && by === 'machine' ? 'answer' : track].play(pitch, velocity, gain, at)
    },
    stop({ track, pitch }, at) {
      voices[track].release(pitch, at)
      if (track === 'solo') voices.answer.release(pitch, at)
    },
    schedule({ track, pitch, velocity, gain }, at, seconds) {
      voices[track].play(pitch, velocity, gain, at, seconds)
    },
    silence(track, at) {
      for (const part of mixedParts) if (track === null || part === track) voices[part].silence(at)
    },
  }
}
