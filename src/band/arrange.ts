import { type Beats, type Chord, measureBeats, mod } from '../music/index.ts'
import type { Ending } from './brief.ts'
import type { FormMeasure } from './form.ts'
import { chordPartsOf } from './harmony.ts'

/** A measure of a whole performance. */
export type ArrangedMeasure = {
  readonly now: FormMeasure
  /** Null for the last. */
  readonly next: FormMeasure | null
  /** Where it begins, from the start of the music. */
  readonly start: Beats
  /** How many choruses are before it. */
  readonly chorus: number
  /** How many measures of its section are before it, and how many come after it. */
  readonly inSection: { readonly before: number; readonly after: number }
  readonly end: Ending
  /** The next measure begins with it. */
  readonly isBeforeEnd: boolean
}

/** The last chord is held for so many measures at most: one that began earlier is struck again. */
const longestEnd = 2

/**
 * A form as it is played: chorus after chorus, to its ending. The last chord is held from where it begins. If it leads back
 * to the first, a dominant whose tonic that is, the music ends there, in a measure more.
 */
export function arrange(form: readonly FormMeasure[], choruses: number): ArrangedMeasure[] {
  const measures = Array.from({ length: choruses }, () => form).flat()
  const home = form[0]?.chords.find(({ chord }) => chord)?.chord
  const last = form.at(-1)
  const lastChord = last?.chords.at(-1)?.chord
  const isTurnaround = last && home && lastChord && leadsTo(lastChord, home)
  if (isTurnaround) measures.push({ ...last, section: null, chords: [{ beat: 0, chord: home }] })
  const inSections = sectionPlaces(measures, form.length)
  const final = finalChord(measures)
  const length = measures.reduce((sum, { metre }) => sum + measureBeats(metre), 0)
  let start = 0
  return measures.map((now, index) => {
    const arranged: ArrangedMeasure = {
      now,
      next: measures[index + 1] ?? null,
      start,
      chorus: Math.min(choruses - 1, Math.floor(index / form.length)),
      inSection: inSections[index] ?? { before: 0, after: 0 },
      end: endingOf(index, start),
      isBeforeEnd: final !== null && index === final.measure - 1 && final.beat === 0,
    }
    start += measureBeats(now.metre)
    return arranged
  })

  function endingOf(measure: number, start: Beats): Ending {
    if (final === null || measure < final.measure) return null
    return measure > final.measure ? 'over' : { beat: final.beat, beats: length - start - final.beat }
  }
}

/** Whether a chord is the dominant of another, or the dominant a half step above it. */
function leadsTo(dominant: Chord, tonic: Chord): boolean {
  const { third, seventh } = chordPartsOf(dominant)
  const isDominant = third === mod(dominant.root + 4, 12) && seventh === mod(dominant.root + 10, 12)
  return isDominant && [7, 1].includes(mod(dominant.root - tonic.root, 12))
}

/** Where the last chord is written. One that goes on for long is struck again in the last measure. */
function finalChord(measures: readonly FormMeasure[]): { measure: number; beat: Beats } | null {
  const last = measures.length - 1
  if (!measures[last]?.chords.at(-1)?.chord) return null
  for (let measure = last; measure > last - longestEnd && measure >= 0; measure--) {
    const written = measures[measure]?.chords.findLast(({ isHeld }) => !isHeld)
    if (written) return { measure, beat: written.beat }
  }
  return { measure: last, beat: 0 }
}

/** Sections are as the form says; a chorus begins one, and so does a phrase of eight measures within a long one. */
function sectionPlaces(measures: readonly FormMeasure[], chorus: number): { before: number; after: number }[] {
  const starts: number[] = []
  for (const [index, { section }] of measures.entries()) {
    const length = index - (starts.at(-1) ?? 0)
    const isOther = section !== measures[index - 1]?.section
    if (index % chorus === 0 || isOther || length >= longestSection) starts.push(index)
  }
  return starts.flatMap((start, place) => {
    const length = (starts[place + 1] ?? measures.length) - start
    return Array.from({ length }, (_, before) => ({ before, after: length - 1 - before }))
  })
}

const longestSection = 8
