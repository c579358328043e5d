import { type Amount, off, type SettingsOf, type Switch } from '../core/index.ts'
import { type Track, tracks } from '../track.ts'
import { trackTable } from '../track-table.ts'
import type { TransportState } from '../transport/index.ts'

/** Each track's volume, and whether it is muted or soloed. */
export const mixerSettings = Object.fromEntries(
  tracks.flatMap((track): [string, Amount | Switch][] => {
    const { label } = trackTable[track]
    return [
      [`volume-${track}`, { label: `${label} volume`, least: 0, most: 5, initial: 1 }],
      [`mute-${track}`, off(`mute ${label}`)],
      [`solo-${track}`, off(`solo ${label}`)],
    ]
  }),
) as Record<`volume-${Track}`, Amount> & Record<`${'mute' | 'solo'}-${Track}`, Switch>

/** What is known where the mixer is. */
export type MixerState = TransportState & { readonly settings: SettingsOf<typeof mixerSettings> }

const soloSettings = tracks.map((track) => `solo-${track}` as const)

/** The settings that decide which tracks are heard. */
export const muteAndSolo = tracks.flatMap((track) => [`mute-${track}`, `solo-${track}`] as const)

/** Whether a track is heard: not muted, and not left out by others that are soloed. */
export function audible({ settings }: MixerState, track: Track): boolean {
  if (settings[`mute-${track}`]) return false
  return settings[`solo-${track}`] || !soloSettings.some((id) => settings[id])
}
