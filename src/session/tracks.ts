/** The tracks of a performance, in the order of a mixer. */
export const tracks = ['click', 'bass', 'drums', 'chords', 'solo'] as const
export type Track = (typeof tracks)[number]

/** The tracks that a performer's keys can play on. */
export const playedTracks = ['bass', 'chords', 'solo'] as const
export type PlayedTrack = (typeof playedTracks)[number]

/** The tracks that are recorded as loops. */
export const loopTracks = ['bass', 'chords'] as const
export type LoopTrack = (typeof loopTracks)[number]
