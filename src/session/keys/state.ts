import type { MidiPitch, Velocity } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { off, on, type SettingsOf } from '../core/index.ts'
import type { ListeningState } from '../listening/index.ts'
import type { PlayedTrack } from '../track.ts'
import type { TradingState } from '../trading/index.ts'
import type { Hand } from '../zones/index.ts'
import type { ExpressionState } from './expression-state.ts'

export const keysSettings = {
  doubler: off('double the bass'),
  expression: on('wheels and pedals reach instruments'),
} as const

/** The performer's hands and feet. */
export type Keys = {
  readonly voices: readonly Voice[]
  /** The channels whose sustain pedal is down. */
  readonly sustain: readonly number[]
  /** The channels whose sostenuto pedal is down. */
  readonly sostenuto: readonly number[]
  /** The next key says where the keyboard is split. */
  readonly splits: boolean
}

/** A key that is down, or held by a pedal, and what it makes sound. It stays in the zone in which it began. */
export type Voice = {
  /** Its channel and the key that was pressed: 128 · channel + key; −1 for the bass doubler's. */
  readonly id: number
  /** The key, in the octave of its zone. */
  readonly key: MidiPitch
  readonly velocity: Velocity
  readonly hand: Hand
  readonly track: PlayedTrack
  /** What sounds; null when that has ended before the key went up. */
  readonly pitch: MidiPitch | null
  /** What was chosen for it, whether it is heard or not. */
  readonly chosen: MidiPitch
  readonly pressed: Seconds
  /** The key is up, and a pedal holds the note. */
  readonly released: boolean
  /** It sounded when the sostenuto pedal went down. */
  readonly caught: boolean
  readonly by: 'human' | 'machine'
  /** The channel that an MPE zone gives it; null where it is in none. */
  readonly channel: number | null
}

/** What is known where keys are played. */
export type KeysState = TradingState &
  ListeningState & {
    readonly settings: SettingsOf<typeof keysSettings>
    readonly keys: Keys
    readonly expression: ExpressionState
  }

/** No key is down. */
export const noKeys: Keys = { voices: [], sustain: [], sostenuto: [], splits: false }

/** The bass doubler's own voice. */
export const doublerId = -1

/** The id of a key's voice. */
export function idOf({ pitch, channel = 1 }: { readonly pitch: MidiPitch; readonly channel?: number }): number {
  return 128 * channel + pitch
}

/** The voice of a key, if it is down or held. */
export function voiceOf(
  { voices }: Keys,
  key: { readonly pitch: MidiPitch; readonly channel?: number },
): Voice | undefined {
  return voices.find(({ id }) => id === idOf(key))
}

/** The key that was pressed for a voice. */
export function pressedKey({ id, key }: Pick<Voice, 'id' | 'key'>): MidiPitch {
  return id === doublerId ? key : id % 128
}
