/** How many inter-onset times the pace of a phrase is taken from. */
export const rememberedOnsets = 8

/** The parameters of the rule for a phrase's end; times in seconds. */
export type RestTuning = {
  /** The rest after the quickest playing. */
  readonly shortest: number
  /** No phrase is waited for longer than this. */
  readonly longest: number
  /** How many inter-onset times the pace is taken from. */
  readonly memory: number
}

/** Fitted to the phrases of 369 jazz solos, and tried on others, by `npm run eval -- --only phrase`. */
const measured: RestTuning = { shortest: 0.2, longest: 1, memory: rememberedOnsets }

/**
 * How long no key may sound, in seconds from the last release, before the phrase counts as over, by the phrase alone:
 * the rule of version 0.1. `ownRest` knows the player, too.
 *
 * It is the shortest rest and, on top of it, the phrase's pace: the mean of its last inter-onset times. Each of them
 * counts for a beat at most, and those still to come for a beat as well, since a phrase that has only just begun is
 * seldom over. So a line played evenly, a note a beat or quicker, is never cut off, however short its notes, unless
 * the beat is longer than the longest rest.
 *
 * @param interOnsets the phrase's last inter-onset times in seconds, newest last; keys struck as a chord are one onset.
 * @param bpm the tempo, in beats a minute.
 * @param tuning other parameters than the measured ones: for measuring.
 * @example phraseRest([], 120) // => 0.7, the shortest rest and a beat
 * @example phraseRest(Array(8).fill(0.125), 120) // => 0.325, in a run of sixteenths
 */
export function phraseRest(
  interOnsets: readonly number[],
  bpm: number,
  { shortest, longest, memory }: RestTuning = measured,
): number {
  const beat = Math.min(longest, 60 / bpm)
  const recent = interOnsets.slice(-memory)
  const toCome = (memory - recent.length) * beat
  const pace = recent.reduce((sum, interOnset) => sum + Math.min(interOnset, beat), toCome) / memory
  return Math.min(longest, shortest + pace)
}
