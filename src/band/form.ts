import { type Beats, type Chord, type ChordChange, type Metre, rounding } from '../music/index.ts'

/** A measure of a form as the band reads it. */
export type FormMeasure = {
  readonly metre: Metre
  readonly section: string | null
  /** The style that is written over it, in words; without it, the band's style is played. */
  readonly style?: string | null
  /**
   * The chords where they begin, from beat 0 on; null is no chord. A chord that goes on from the measure before is at beat
   * 0, and marked as held.
   */
  readonly chords: readonly FormChord[]
}

/** A chord in a measure, from whose start its beat counts. */
type FormChord = ChordChange & {
  /** It began in an earlier measure. */
  readonly isHeld?: true
}

/** A measure of a chart: the chords that begin in it. */
type ChartMeasure = Pick<FormMeasure, 'metre' | 'section' | 'style'> & {
  readonly chords: readonly ChordChange[]
}

/** The measures of a chart, each with the chord that sounds when it begins. */
export function formOf(measures: readonly ChartMeasure[]): FormMeasure[] {
  let sounding: Chord | null = null
  return measures.map(({ metre, section, style = null, chords }) => {
    const before = sounding
    sounding = chords.at(-1)?.chord ?? (chords.length > 0 ? null : before)
    const begins: FormChord[] = chords.map(({ beat, chord }) => ({ beat, chord }))
    return {
      metre,
      section,
      style,
      chords: begins[0]?.beat === 0 ? begins : [{ beat: 0, chord: before, isHeld: true }, ...begins],
    }
  })
}

/** The place of the chord that sounds at a beat of a measure, among its chords. */
export function chordIndexAt({ chords }: Pick<FormMeasure, 'chords'>, beat: Beats): number {
  return Math.max(
    0,
    chords.findLastIndex((each) => each.beat <= beat + rounding),
  )
}

/** Whether two chords sound the same. */
export function isSameChord(a: Chord | null | undefined, b: Chord | null | undefined): boolean {
  if (!a || !b) return !a && !b
  return a.bass === b.bass && a.root === b.root && `${a.tones}` === `${b.tones}`
}

/** Whether two measures have the same chords in the same places. */
export function isSameHarmony(a: FormMeasure, b: FormMeasure): boolean {
  return (
    a.chords.length === b.chords.length &&
    a.chords.every(({ beat, chord }, index) => {
      const other = b.chords[index]
      return other !== undefined && beat === other.beat && isSameChord(chord, other.chord)
    })
  )
}
