import { readChart } from './chart-text.ts'
import type { Chord } from './chord.ts'
import type { Metre } from './metre.ts'
import { measureBeats } from './metre.ts'
import { mod } from './modulo.ts'
import type { Beats } from './note.ts'

/** A chord chart: for each measure its chords, which share the measure evenly; null where there is none. */
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
  const position = beat / measureBeats(metre)
  const index = Math.floor(position)
  const measure = chart[mod(index, chart.length)]
  return measure?.[Math.floor((position - index) * measure.length)] ?? null
}
