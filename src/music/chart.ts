import { readChart } from './chart-text.ts'
import type { Chord } from './chord.ts'

/** A chord chart: for each measure its chords, which share it as {@link measureShares} says; null where there is none. */
export type Chart = readonly (readonly (Chord | null)[])[]

/**
 * Reads a chart that was typed: {@link readChart} says how it is written. Its measures are in the order in which they are
 * played.
 *
 * @example parseChart('Dm7 | G7 | Cmaj7 | %').length // => 4
 * @example parseChart('|: Dm7 | G7 :|').length // => 4
 * @throws RangeError with a sentence for the user that names what cannot be read, and its measure.
 */
export function parseChart(text: string): Chart {
  return readChart(text).measures.map(({ chords }) => chords)
}
