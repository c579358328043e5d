import type { Chord } from './chord.ts'
import { parseChord } from './chord.ts'
import type { Metre } from './metre.ts'
import { measureBeats } from './metre.ts'
import { mod } from './modulo.ts'
import type { Beats } from './note.ts'

/** A chord chart: for each measure its chords, which share the measure evenly; null where there is none. */
export type Chart = readonly (readonly (Chord | null)[])[]

/**
 * Reads a chart: measures between bars, chords between spaces. `%` repeats the measure before (or, inside
 * a measure, the chord before) and `N.C.` stands for no chord.
 *
 * @example parseChart('Dm7 | G7 | Cmaj7 | %').length // => 4
 * @throws RangeError with a sentence for the user that names what cannot be read.
 */
export function parseChart(text: string): Chart {
  const measures = text.replace(/^\s*\|+|\|+\s*$/g, '').split(/\|+/)
  const chart: (readonly (Chord | null)[])[] = []
  for (const [index, measure] of measures.entries()) {
    const words = measure.split(/\s+/).filter(Boolean)
    if (words.length === 0) throw new RangeError(`Measure ${index + 1} of the chart is empty: write % to repeat.`)
    const before = chart.at(-1)
    if (words.length === 1 && words[0] === '%' && before) chart.push(before)
    else chart.push(readMeasure(words, before?.at(-1), index + 1))
  }
  return chart
}

function readMeasure(words: readonly string[], before: Chord | null | undefined, number: number): (Chord | null)[] {
  const chords: (Chord | null)[] = []
  for (const word of words) {
    const last = chords.length > 0 ? chords.at(-1) : before
    const chord = word === '%' ? last : /^N\.?C\.?$/i.test(word) ? null : (parseChord(word) ?? undefined)
    if (chord === undefined) {
      throw new RangeError(
        word === '%'
          ? `Measure ${number} of the chart repeats a chord, but there is none before it.`
          : `“${word}” in measure ${number} of the chart is not a chord: write it like Dm7, G7 or C/E.`,
      )
    }
    chords.push(chord)
  }
  return chords
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
