import type { MidiPitch, Velocity } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { count, off, type SettingsOf } from '../core/index.ts'
import type { PlayedTrack } from '../track.ts'
import type { TradingState } from '../trading/index.ts'

export const keysSettings = {
  doubler: off('double the bass'),
  split: count('split below', 0, 127, 60),
} as const

/** The performer's hands. */
export type Keys = {
  readonly voices: readonly Voice[]
  readonly pedal: boolean
}

/** A key that is down, or held by the pedal, and what it makes sound. */
export type Voice = {
  /** Its channel and its pitch: 128 · channel + pitch; −1 for the bass doubler's. */
  readonly id: number
  readonly key: MidiPitch
  readonly velocity: Velocity
  readonly track: PlayedTrack
  /** What sounds; null when that has ended before the key went up. */
  readonly pitch: MidiPitch | null
  readonly pressed: Seconds
  /** The key is up, and the pedal holds the note. */
  readonly released: boolean
  readonly by: 'human' | 'machine'
}

/** What is known where keys are played. */
export type KeysState = TradingState & {
  readonly settings: SettingsOf<typeof keysSettings>
  readonly keys: Keys
}

/** No key is down. */
export const noKeys: Keys = { voices: [], pedal: false }
