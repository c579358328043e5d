import type { TrackEntry, TrackSound } from './track-entry.ts'
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

/** A track that the band can play. */
export type BandTrack = {
  [Name in Track]: 'band' extends (typeof trackTable)[Name]['players'][number] ? Name : never
}[Track]

const entries = Object.entries(trackTable) as [Track, TrackEntry][]
const named = (which: (track: TrackEntry) => boolean) =>
  entries.filter(([, track]) => which(track)).map(([name]) => name)

/** The tracks, in the order of a mixer. */
export const tracks: readonly Track[] = entries.map(([name]) => name)

/** The tracks that a performer's keys can play on. */
export const playedTracks = named(({ players }) => players.includes('performer')) as readonly PlayedTrack[]

/** The tracks that the band can play. */
export const bandTracks = named(({ players }) => players.includes('band')) as readonly BandTrack[]

/** The tracks that are recorded as loops. */
export const loopTracks = named(({ loop }) => loop !== null) as readonly LoopTrack[]

/** A part of the mix: a track, or those notes of a track that a machine chose, where they have a part of their own. */
export type Part = Track | MachinePart

type MachinePart = {
  [Name in Track]: (typeof trackTable)[Name] extends { readonly machine: { readonly part: infer Of } } ? Of : never
}[Track]

/** What plays a note of a track. */
export function partOf(track: Track, by: 'human' | 'machine'): Part {
  const { machine }: TrackEntry = trackTable[track]
  return by === 'machine' && machine ? (machine.part as MachinePart) : track
}

/** The parts of a track: one, or one for each who chooses its notes. */
export function partsOf(track: Track): readonly Part[] {
  return [...new Set([track, partOf(track, 'machine')])]
}

/** The parts of the mix, in its order, the machine's last. */
export const mixParts: readonly Part[] = [...new Set([...tracks, ...tracks.flatMap(partsOf)])]

/** How each part sounds. */
export const partSounds = Object.fromEntries(
  entries.flatMap(([name, { sound, machine }]): [string, TrackSound][] => [
    [name, sound],
    ...(machine ? [[machine.part, machine.sound] as [string, TrackSound]] : []),
  ]),
) as Readonly<Record<Part, TrackSound>>
