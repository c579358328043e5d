import { readChart } from './chart-text.ts'
import type { Chord } from './chord.ts'
import { measureShares } from './measure-shares.ts'
import { type Metre, measureBeats } from './metre.ts'
import { mod } from './modulo.ts'
import type { Beats } from './note.ts'

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

/**
 * The chord that sounds at a beat; the chart goes round for ever.
 *
 * @param beat from the start of the chart; a pickup before it hears the chart's end.
 */
export function chordAt(chart: Chart, metre: Metre, beat: Beats): Chord | null {
  if (chart.length === 0) return null
  const index = Math.floor(beat / measureBeats(metre))
  const measure = chart[mod(index, chart.length)] ?? []
  const within = beat - index * measureBeats(metre)
  return measure[measureShares(metre, measure.length).findLastIndex((share) => share <= within)] ?? null
}
