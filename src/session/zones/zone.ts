import type { MidiPitch } from '../../music/index.ts'
import type { Transaction } from '../core/index.ts'
import type { PlayedTrack } from '../track.ts'
import { transposed } from '../tracks/index.ts'
import type { ZonesState } from './state.ts'

/** One of the hands that share a keyboard. While it isn't split, all of it is the right hand's. */
export type Hand = 'left' | 'right'

/** What a key plays. */
export type Zone = {
  readonly hand: Hand
  readonly track: PlayedTrack
  /** What sounds, in the octave of the zone. */
  readonly pitch: MidiPitch
}

/** A key, and the channel that it comes on. */
export type ZoneKey = { readonly pitch: MidiPitch; readonly channel?: number | undefined }

/** The zone that a key belongs to. */
export function zoneOf({ settings }: Pick<ZonesState, 'settings'>, { pitch, channel = 1 }: ZoneKey): Zone {
  const { zones, split, left, keys } = settings
  const isLeft = zones === 'key' ? pitch < split : zones === 'channel' && channel === settings['left-channel']
  return isLeft
    ? { hand: 'left', track: left, pitch: transposed(pitch, 12 * settings['left-octave']) }
    : { hand: 'right', track: keys, pitch: transposed(pitch, 12 * settings['right-octave']) }
}

/** The tracks that the zones of the keyboard play. */
export function zoneTracks({ settings }: Pick<ZonesState, 'settings'>): readonly PlayedTrack[] {
  const { zones, left, keys } = settings
  return zones === 'off' || left === keys ? [keys] : [left, keys]
}

/** Lets keys play on a track: those of the right hand, unless a zone plays it already. */
export function playOn(tx: Transaction<ZonesState>, track: PlayedTrack): void {
  if (!zoneTracks(tx.state).includes(track)) tx.change('settings', { keys: track })
}
