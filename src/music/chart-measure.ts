import { type Chord, parseChord, type ReadChord } from './chord.ts'

/** Where a measure stands, and where its doubts go. */
export type MeasurePlace = {
  /** From 1. */
  readonly number: number
  /** Reads a symbol of this chart. */
  readonly read: (symbol: string) => ReadChord | null
  readonly doubts: Set<string>
}

/** A share of a measure, with the words of its chord. */
type Slot = { readonly text: string | null; readonly chord: Chord | null; readonly doubt: string | null }

/** The most shares of a measure. */
const mostSlots = 64

/**
 * Reads the chords of a measure, which share it.
 *
 * @param before the chord that sounds when it begins; undefined at the start of the chart.
 * @throws RangeError with a sentence for the user that names what cannot be read.
 */
export function readSlots(
  words: readonly string[],
  before: Chord | null | undefined,
  place: MeasurePlace,
): readonly (Chord | null)[] {
  const { number, read } = place
  if (words.length === 0) throw new RangeError(`Measure ${number} of the chart is empty: write % to repeat.`)
  const slots: Slot[] = []
  for (const word of words.flatMap(spread)) {
    if (/^(?:%|\/+|\.+)$/.test(word)) hold(word)
    else if (/^\(?N\.?\s?C\.?\)?$/i.test(word)) slots.push({ text: null, chord: null, doubt: null })
    else readWord(word)
    if (slots.length > mostSlots)
      throw new RangeError(`Measure ${number} of the chart has more than ${mostSlots} chords.`)
  }
  for (const { doubt } of slots) if (doubt) place.doubts.add(`Measure ${number}: ${doubt}`)
  return slots.map(({ chord }) => chord)

  function hold(word: string): void {
    const last = slots.at(-1)
    const chord = last ? last.chord : before
    if (chord === undefined) {
      throw new RangeError(`Measure ${number} of the chart repeats a chord, but there is none before it.`)
    }
    for (let count = 0; count < (word === '%' ? 1 : word.length); count++)
      slots.push({ text: null, chord, doubt: null })
  }

  function readWord(word: string): void {
    const last = slots.at(-1)
    const isSuffix = /^\((?![A-H])|^[b#+-]\d|^\/[A-Ha-h]/.test(word)
    const joined = last?.text ? `${last.text}${word.startsWith('/') ? '' : ' '}${word}` : null
    const alone = read(/^\([^()]*\)$/.test(word) ? word.slice(1, -1) : word)
    const together = joined !== null && (isSuffix || !alone) ? read(joined) : null
    if (together) slots[slots.length - 1] = { text: joined, ...together }
    else if (alone) slots.push({ text: word, ...alone })
    else throw new RangeError(refusal(word, number))
  }
}

/** The chords of `(Am7 D7)`; `C///` is C, and three shares that hold it; a comma at the end is none of the chord’s. */
function spread(written: string): string[] {
  const word = written.replace(/(?<=.)[,;]+$/, '')
  if (/^\([A-H][^()]*\s[^()]*\)$/.test(word)) return word.slice(1, -1).split(/\s+/).filter(Boolean)
  const [, chord, held] = /^(.*[^/.])([/]+|[.]+)$/.exec(word) ?? []
  return chord && held && !/^N\.?C$/i.test(chord) ? [chord, held] : [word]
}

/** How many letters of a word are shown. */
const shown = 24

function refusal(word: string, number: number): string {
  const name = word.length > shown ? `${word.slice(0, shown)}…` : word
  const mend =
    /^h/i.test(word) && parseChord(word.replace(/^h/i, 'B'))
      ? 'write B, or begin the chart with “German:” if H is its B'
      : /^(?:d\.?[cs]|fine|coda|segno)\b/i.test(word)
        ? 'write out the measures that it leads to'
        : 'write it like Dm7, G7 or C/E'
  return `“${name}” in measure ${number} of the chart is not a chord: ${mend}.`
}
