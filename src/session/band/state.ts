import type { FormMeasure } from '../../band/index.ts'
import type { Beats, Note } from '../../music/index.ts'
import { type Choice, choice, off, type SettingsOf } from '../core/index.ts'
import { type BandTrack, bandTracks, type Track } from '../track.ts'
import { trackTable } from '../track-table.ts'
import type { ZonesState } from '../zones/index.ts'

/** Who plays a track: the performer's loop, the band, or nobody. */
const sources = ['mine', 'band', 'off'] as const

/** Who plays a track. */
type Source = (typeof sources)[number]

const sourceSettings = Object.fromEntries(
  bandTracks.map((track) => [`source-${track}`, choice(`who plays the ${trackTable[track].label}`, sources, 'mine')]),
) as Record<`source-${BandTrack}`, Choice<Source>>

/** The settings that say who plays each track. */
export const sourceNames = Object.keys(sourceSettings) as (keyof typeof sourceSettings)[]

export const bandSettings = {
  ...sourceSettings,
  'band-pedal': off('the bass holds a pedal'),
} as const

/** A measure that the band plays. */
export type PlannedMeasure = {
  /** Where it begins. */
  readonly start: Beats
  readonly now: FormMeasure
  /** On the straight grid, from its start. */
  readonly notes: readonly Note[]
}

/** What a part of the band has played and will. */
export type PartPlan = {
  /** The last measures and those that come, in order. */
  readonly measures: readonly PlannedMeasure[]
  /** What has been asked for; of a measure that has begun, only what comes from a beat of it on. */
  readonly asked: (Pick<PlannedMeasure, 'start' | 'now'> & { readonly from: Beats }) | null
}

/** Who plays what, and what the band plans. */
export type Band = {
  readonly sources: Readonly<Record<BandTrack, Source>>
  /** Where other sources come; null where none do. */
  readonly changes: Beats | null
  /** The next bar line, where the measure after it is planned; null while the band does not play. */
  readonly planAt: Beats | null
  readonly seed: number
  readonly plans: Readonly<Record<BandTrack, PartPlan>>
}

/** What is known where the band is. */
export type BandState = ZonesState & { readonly settings: SettingsOf<typeof bandSettings>; readonly band: Band }

export const noPlan: PartPlan = { measures: [], asked: null }

const each = <Value>(value: Value) =>
  Object.fromEntries(bandTracks.map((track) => [track, value])) as Record<BandTrack, Value>

/** The band is silent. */
export const silentBand: Band = {
  sources: each<Source>('mine'),
  changes: null,
  planAt: null,
  seed: 0,
  plans: each(noPlan),
}

/** Whether a track is the performer's. */
export function isMine({ band }: Pick<BandState, 'band'>, track: Track): boolean {
  const sources: Partial<Record<Track, Source>> = band.sources
  return (sources[track] ?? 'mine') === 'mine'
}
