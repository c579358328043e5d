import { type Track, tracks } from '../../session/index.ts'

/** A track that has a row: each but the click, which has its button in the bar. */
export type RolledTrack = Exclude<Track, 'click'>

/** The tracks that have a row, from top to bottom. */
export const rolledTracks: readonly RolledTrack[] = tracks.filter((track) => track !== 'click')
