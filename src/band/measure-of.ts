import type { Note } from '../music/index.ts'
import { type BassMemory, noBassMemory, playBass } from './bass/index.ts'
import type { Brief } from './brief.ts'
import { type CompingMemory, noCompingMemory, playChords } from './comping/index.ts'

export type { Brief } from './brief.ts'

/** What each part keeps in mind: plain data, to be handed back with the next measure. */
export type PartMemory = { readonly bass: BassMemory; readonly comping: CompingMemory }

/** A part that plays from harmony. */
export type BandPart = keyof PartMemory

/** A measure that was planned. */
export type Played<Part extends BandPart = BandPart> = {
  /** On the straight grid, from the start of the measure; a note may ring on past its end. */
  readonly notes: readonly Note[]
  readonly memory: PartMemory[Part]
}

const players: { readonly [Part in BandPart]: (brief: Brief, memory: PartMemory[Part] | null) => Played<Part> } = {
  bass: (brief, memory) => playBass(brief, memory ?? noBassMemory),
  comping: (brief, memory) => playChords(brief, memory ?? noCompingMemory),
}

/**
 * A measure of a part: the same for the same brief and memory.
 *
 * @param memory what the part's last measure gave back; null where it begins.
 */
export function measureOf<Part extends BandPart>(
  part: Part,
  brief: Brief,
  memory: PartMemory[Part] | null,
): Played<Part> {
  return players[part](brief, memory)
}
