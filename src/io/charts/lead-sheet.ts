import { type Beats, type Chord, ContentError, type Marks, type Metre, parseChord } from '../../music/index.ts'

/** A chart can't be read at all. */
export class ChartError extends ContentError {
  override name = 'ChartError'
}

/** A lead sheet as it is written: measures with chords, and the marks that say in which order they are played. */
export type LeadSheet = SheetHead & {
  readonly measures: readonly Measure[]
  /** What could not be read, each a sentence. */
  readonly notices: readonly string[]
}

/** What stands above a lead sheet; null is what it does not say. */
export type SheetHead = {
  readonly title: string | null
  readonly composer: string | null
  readonly style: string | null
  /** Quarter notes a minute. */
  readonly tempo: number | null
  /** Such as `Eb` or `Am`. */
  readonly key: string | null
}

/** A measure as it is written. */
export type Measure = {
  /** The section that the measure belongs to, such as `A` or `Verse`. */
  readonly section: string | null
  /** The style that is written over it, as in `[B: bossa]`; null where the style is that of the sheet. */
  readonly style: string | null
  readonly metre: Metre
  /** The chords where they begin, in order. A measure without any holds the chord before it. */
  readonly chords: readonly PlacedChord[]
  readonly marks: Marks
  /** In playing order: a repeat or a D.C. has led back to the beginning of its section. */
  readonly beginsAgain?: true
}

/** A chord where it begins. */
type PlacedChord = {
  readonly symbol: string
  /** From the start of the measure. */
  readonly beat: Beats
  /** Null where no chord is to be played. */
  readonly chord: Chord | null
}

/** The symbol of silence in the harmony. */
export const noChord = 'N.C.'

/** A measure as a format has it: its symbols are not read yet. */
export type Draft = {
  section: string | null
  style: string | null
  metre: Metre
  chords: { symbol: string; beat: Beats }[]
  marks: { -readonly [Mark in keyof Marks]: Marks[Mark] }
}

/** The most measures of a chart that are read. */
export const maxMeasures = 10_000

/** The most chords of a measure that are read. */
export const maxChords = 64

/** The most notices of a chart. */
const maxNotices = 50

/** The longest symbol that a notice shows. */
const shownLetters = 40

/**
 * Reads the chords of a sheet. One that can't be read is named, and the chord before it goes on.
 *
 * @throws ChartError when there is not a single chord.
 */
export function leadSheet(head: SheetHead, drafts: readonly Draft[], notices: readonly string[] = []): LeadSheet {
  const said = [...notices]
  if (drafts.length > maxMeasures) {
    said.push(`Only the first ${maxMeasures} of ${drafts.length} measures are read: split the chart.`)
  }
  const known = new Map<string, Chord | null>()
  const unreadable = new Map<string, number[]>()
  const placed = (symbol: string, beat: Beats, measure: number): PlacedChord[] => {
    if (symbol === noChord) return [{ symbol, beat, chord: null }]
    const chord = known.has(symbol) ? known.get(symbol) : parseChord(symbol)
    known.set(symbol, chord ?? null)
    if (chord) return [{ symbol, beat, chord }]
    const numbers = unreadable.get(symbol) ?? []
    unreadable.set(symbol, numbers)
    if (numbers.at(-1) !== measure) numbers.push(measure)
    return []
  }
  const measures = drafts.slice(0, maxMeasures).map(
    ({ section, style, metre, chords, marks }, index): Measure => ({
      section,
      style,
      metre,
      chords: chords.flatMap(({ symbol, beat }) => placed(symbol, beat, index + 1)),
      marks,
    }),
  )
  for (const [symbol, numbers] of unreadable) {
    said.push(`“${shown(symbol)}” in ${list(numbers)} is not a chord that can be read: the chord before it goes on.`)
  }
  if (!measures.some(({ chords }) => chords.length > 0)) throw new ChartError('has no chords that can be read.')
  return { ...head, measures, notices: bounded(said) }
}

/** The most notices: nobody reads more. */
export function bounded(notices: readonly string[]): string[] {
  const distinct = [...new Set(notices)]
  if (distinct.length <= maxNotices) return distinct
  return [...distinct.slice(0, maxNotices), `${distinct.length - maxNotices} more things can’t be read.`]
}

/** A text from a file as a notice shows it. */
export function shown(text: string): string {
  const letters = [...text.slice(0, 2 * shownLetters)]
  return letters.length > shownLetters ? `${letters.slice(0, shownLetters).join('')}…` : text
}

/** `measure 3`, or `measures 3, 5 and 7`. */
function list(numbers: readonly number[]): string {
  if (numbers.length === 1) return `measure ${numbers[0]}`
  if (numbers.length > 4) return `measure ${numbers[0]} and ${numbers.length - 1} others`
  return `measures ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
}

/**
 * A key as it is spoken of: `Eb`, `F#m`.
 *
 * @param text such as `Eb`, `A-`, `F# minor` or `B♭ major`.
 * @returns null when the text is not a key.
 */
export function keyName(text: string): string | null {
  const plain = text.trim().replaceAll('♭', 'b').replaceAll('♯', '#')
  const match = /^([A-Ga-g])([b#]?)\s*(-|m|mi|min|minor|maj|major)?$/.exec(plain)
  if (!match) return null
  const [, letter = '', accidental = '', mode = ''] = match
  return `${letter.toUpperCase()}${accidental}${/^(-|m|mi|min|minor)$/.test(mode) ? 'm' : ''}`
}

/** The text without its margins; null where nothing is left. */
export function textOrNull(text: string | null | undefined): string | null {
  const plain = text?.replace(/\s+/g, ' ').trim().slice(0, 200) ?? ''
  return plain === '' ? null : plain
}

/** A tempo that can be played, in quarter notes a minute; null for anything else. */
export function tempoOrNull(value: number): number | null {
  return value >= 20 && value <= 400 ? Math.round(value * 100) / 100 : null
}
