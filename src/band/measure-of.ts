import type { Note } from '../music/index.ts'
import { playBass } from './bass/index.ts'
import type { Brief, PlayedMeasure } from './brief.ts'
import { playChords } from './comping/index.ts'

export type { Brief, PlayedMeasure } from './brief.ts'

/** The parts that play from harmony, and how. */
const players = { bass: playBass, comping: playChords } as const

/** A part that plays from harmony. */
export type BandPart = keyof typeof players

/**
 * The notes of a measure of a part: the same for the same brief and what was played before. They are on the straight grid,
 * from the start of the measure; a note may ring on past its end.
 *
 * @param previous what the part has played, the measure before this one at the end: as much as is to be remembered.
 */
export function measureOf(part: BandPart, brief: Brief, previous: readonly PlayedMeasure[]): readonly Note[] {
  return players[part](brief, previous)
}
