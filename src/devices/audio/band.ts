import { styleSounds } from '../../band/index.ts'
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
import { type Bank, type VoiceName, voiceOfProgram } from './bank.ts'
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
  /** @param program its General MIDI program, where it has not that of its style or its track. */
  schedule(note: DueNote, at: Seconds, seconds: Seconds, program?: number): void
  silence(track: Track | null, at: Seconds): void
}

/** The General MIDI program of a track in a style; undefined where no style says so. */
function programIn(style: string | undefined, track: Track): number | undefined {
  const sounds: Readonly<Record<string, Partial<Record<Track, number>> | undefined>> = styleSounds
  return style === undefined ? undefined : sounds[style]?.[track]
}

/** Gathers the voices of a bank around a mixer. */
export function createBand(context: BaseAudioContext, bank: Bank, mixer: Mixer, cast: Cast = usualCast): Band {
  const voices = new Map(mixParts.map((part) => [part, new Map<VoiceName, Voice>()]))
  const played = (part: Part) => voices.get(part)?.values() ?? []
  const voiceOf = (part: Part, name: VoiceName = cast[part]) => {
    const known = voices.get(part)?.get(name)
    if (known) return known
    const voice = createVoice(context, bank[name], (pan) => mixer.into(part, pan))
    voices.get(part)?.set(name, voice)
    return voice
  }
  for (const part of mixParts) voiceOf(part)
  return {
    sound(sound, at) {
      voiceOf(partOf(sound.track, sound.by)).play(sound, sound.gain, at)
    },
    stop(stop, at) {
      for (const part of partsOf(stop.track)) for (const voice of played(part)) voice.release(stop, at)
    },
    express(express, at) {
      for (const part of partsOf(express.track)) voiceOf(part).express(express, at)
    },
    schedule({ track, by = 'human', gain, style, ...struck }, at, seconds, program = programIn(style, track)) {
      const styled = program === undefined ? null : voiceOfProgram(program)
      voiceOf(partOf(track, by), styled?.voice).play(struck, gain * (styled?.gain ?? 1), at, seconds)
    },
    silence(track, at) {
      for (const part of track === null ? mixParts : partsOf(track)) for (const voice of played(part)) voice.silence(at)
    },
  }
}
