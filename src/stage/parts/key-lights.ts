import type { MidiPitch } from '../../music/index.ts'
import type { SoundingKey } from '../../ports/live/index.ts'

/** How a key is lit: by whose note; `pressed` where a human holds it and the machine sounds another. */
export type Light = 'human' | 'machine' | 'pressed' | 'guess'

/** How each key is lit. */
export function lightsOf(sounding: readonly SoundingKey[], hides: boolean): ReadonlyMap<MidiPitch, Light> {
  const lights = new Map<MidiPitch, Light>()
  for (const { key, by } of sounding) if (by === 'machine' && !hides) lights.set(key, 'pressed')
  for (const { pitch, by } of sounding) lights.set(pitch, hides ? 'guess' : by)
  return lights
}
