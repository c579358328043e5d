/** The tracks of a performance, in the order of a mixer. */
export const tracks = ['click', 'bass', 'drums', 'chords', 'solo'] as const
/** A track of a performance. */
export type Track = (typeof tracks)[number]

/** The tracks that a performer's keys can play on. */
export const playedTracks = ['bass', 'chords', 'solo'] as const
/** A track that keys can play on. */
export type PlayedTrack = (typeof playedTracks)[number]

/** The tracks that are recorded as loops. */
export const loopTracks = ['bass', 'chords'] as const
/** A track that is recorded as a loop. */
export type LoopTrack = (typeof loopTracks)[number]
