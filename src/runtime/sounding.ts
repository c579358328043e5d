import type { MidiPitch } from '../music/index.ts'
import type { Effect, Track } from '../session/index.ts'

/** A key that sounds now, for whoever draws it. */
export type SoundingKey = {
  /** The key that is down. */
  readonly key: MidiPitch
  /** What it sounds. */
  readonly pitch: MidiPitch
  readonly track: Track
  readonly by: 'human' | 'machine'
}

/** The keys that sound after an effect. */
export function soundingAfter(sounding: readonly SoundingKey[], effect: Effect): readonly SoundingKey[] {
  if (effect.type === 'sound') {
    const { key, pitch, track, by } = effect
    return [...sounding, { key, pitch, track, by }]
  }
  if (effect.type !== 'stop') return sounding
  return sounding.filter(({ track, pitch }) => track !== effect.track || pitch !== effect.pitch)
}

/** How a key is lit: by whose note; `pressed` where a human holds it and the machine sounds another. */
export type Light = 'human' | 'machine' | 'pressed' | 'guess'

/** How each key is lit. */
export function lightsOf(sounding: readonly SoundingKey[], hides: boolean): ReadonlyMap<MidiPitch, Light> {
  const lights = new Map<MidiPitch, Light>()
  for (const { key, by } of sounding) if (by === 'machine' && !hides) lights.set(key, 'pressed')
  for (const { pitch, by } of sounding) lights.set(pitch, hides ? 'guess' : by)
  return lights
}
