import { type Amount, count, off, type SettingsOf, type Switch, share } from '../core/index.ts'
import { type Track, tracks } from '../track.ts'
import { trackTable } from '../track-table.ts'
import type { TransportState } from '../transport/index.ts'
import type { Material } from './material.ts'

const mixer = Object.fromEntries(
  tracks.flatMap((track): [string, Amount | Switch][] => {
    const { label } = trackTable[track]
    return [
      [`volume-${track}`, { label: `${label} volume`, least: 0, most: 5, initial: 1 }],
      [`mute-${track}`, off(`mute ${label}`)],
      [`solo-${track}`, off(`solo ${label}`)],
    ]
  }),
) as Record<`volume-${Track}`, Amount> & Record<`${'mute' | 'solo'}-${Track}`, Switch>

export const tracksSettings = {
  measures: count('measures in a loop', 1, 16, 2),
  quantise: share('quantise', 1),
  ...mixer,
} as const

/** What is known where the tracks are. */
export type TracksState = TransportState & {
  readonly settings: SettingsOf<typeof tracksSettings>
  readonly material: Material
  readonly history: History
}

/** What can be undone and redone, the nearest last. */
export type History = { readonly past: readonly Material[]; readonly future: readonly Material[] }

const soloSettings = tracks.map((track) => `solo-${track}` as const)

/** Whether a track is heard: not muted, and not left out by others that are soloed. */
export function audible({ settings }: TracksState, track: Track): boolean {
  if (settings[`mute-${track}`]) return false
  return settings[`solo-${track}`] || !soloSettings.some((id) => settings[id])
}

/** Nothing to undo. */
export const noHistory: History = { past: [], future: [] }
