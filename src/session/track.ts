import type { TrackEntry } from './track-entry.ts'
import { trackTable } from './track-table.ts'

/** A track of a performance. */
export type Track = keyof typeof trackTable

/** A track that keys can play on. */
export type PlayedTrack = {
  [Name in Track]: (typeof trackTable)[Name]['players'] extends readonly ['performer', ...unknown[]] ? Name : never
}[Track]

/** A track that is recorded as a loop. */
export type LoopTrack = {
  [Name in Track]: (typeof trackTable)[Name]['loop'] extends object ? Name : never
}[Track]

const entries = Object.entries(trackTable) as [Track, TrackEntry][]
const named = (which: (track: TrackEntry) => boolean) =>
  entries.filter(([, track]) => which(track)).map(([name]) => name)

/** The tracks, in the order of a mixer. */
export const tracks: readonly Track[] = entries.map(([name]) => name)

/** The tracks that a performer's keys can play on. */
export const playedTracks = named(({ players }) => players.includes('performer')) as readonly PlayedTrack[]

/** The tracks that are recorded as loops. */
export const loopTracks = named(({ loop }) => loop !== null) as readonly LoopTrack[]
