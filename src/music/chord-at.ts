import type { Chart } from './chart.ts'
import type { Chord } from './chord.ts'
import { measureShares } from './measure-shares.ts'
import { type Metre, measureBeats } from './metre.ts'
import { mod } from './modulo.ts'
import type { Beats } from './note.ts'

/** The chord that sounds from a beat on; null where none does. */
export type ChordChange = { readonly beat: Beats; readonly chord: Chord | null }

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
