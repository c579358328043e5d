import type { MidiPitch } from '../music/index.ts'
import { type PlayedTrack, pressedKey, type SessionState } from '../session/index.ts'

/** A key that sounds now, for whoever draws it. */
export type SoundingKey = {
  /** The key that is down. */
  readonly key: MidiPitch
  /** What it sounds. */
  readonly pitch: MidiPitch
  readonly track: PlayedTrack
  readonly by: 'human' | 'machine'
}

/** The keys that sound: the voices of a session that have not ended. */
export function soundingKeys({ voices }: SessionState['keys']): readonly SoundingKey[] {
  return voices.flatMap((voice) => {
    const { pitch, track, by } = voice
    return pitch === null ? [] : { key: pressedKey(voice), pitch, track, by }
  })
}

/** How a key is lit: by whose note; `pressed` where a human holds it and another sounds: the machine’s, or an octave. */
export type Light = 'human' | 'machine' | 'pressed' | 'guess'

/** How each key is lit. */
export function lightsOf(sounding: readonly SoundingKey[], hides: boolean): ReadonlyMap<MidiPitch, Light> {
  const lights = new Map<MidiPitch, Light>()
  for (const { key, pitch } of sounding) if (key !== pitch && !hides) lights.set(key, 'pressed')
  for (const { pitch, by } of sounding) lights.set(pitch, hides ? 'guess' : by)
  return lights
}
