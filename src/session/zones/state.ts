import type { Chord } from '../../music/index.ts'
import { choice, count, type SettingsOf } from '../core/index.ts'
import type { GroovesState } from '../grooves/index.ts'
import { type PlayedTrack, playedTracks } from '../track.ts'

/** How many octaves a hand may sound away from its keys. */
const mostOctaves = 3

export const zonesSettings = {
  keys: choice<PlayedTrack>('the keys play', playedTracks, 'lead'),
  zones: choice('split the keyboard', ['off', 'key', 'channel'], 'off'),
  split: count('split below this key', 0, 127, 60),
  'left-channel': count('channel of the left hand', 1, 16, 2),
  left: choice<PlayedTrack>('the left hand plays', playedTracks, 'chords'),
  'left-octave': count('octaves up for the left hand', -mostOctaves, mostOctaves, 0),
  'right-octave': count('octaves up for the right hand', -mostOctaves, mostOctaves, 0),
} as const

/** The chord that hands play now. */
export type LiveHarmony = {
  readonly chord: Chord | null
  /** Whether its keys still sound. Then it counts before chords that were written or recorded. */
  readonly held: boolean
}

/** What is known where zones are. */
export type ZonesState = GroovesState & {
  readonly settings: SettingsOf<typeof zonesSettings>
  readonly liveHarmony: LiveHarmony
}

/** No chord is played. */
export const noLiveHarmony: LiveHarmony = { chord: null, held: false }
