import { type Beats, type Chord, measureBeats, mod } from '../music/index.ts'
import { type FormMeasure, isSameChord } from './form.ts'
import { chordPartsOf } from './harmony.ts'

/** Where the music ends, and on which chord. */
export type LastChord = {
  /** From 0; the one after the form where its end leads back to its first chord. */
  readonly measure: number
  readonly beat: Beats
  readonly chord: Chord
}

/** How many measures the last chord is held at most: one that began earlier is struck again. */
const longestEnd = 2

/**
 * The chord on which a form ends: its last one, where it begins. If that leads back to the first, a dominant whose tonic that
 * is, the music ends there, in a measure more; but after a tag it ends on the tonic with which the tag's turnaround would begin
 * again. Null where it ends without a chord.
 *
 * @param tag how many measures at the end are a tag.
 */
export function lastChordOf(form: readonly FormMeasure[], tag = 0): LastChord | null {
  const chord = form.at(-1)?.chords.at(-1)?.chord
  if (!chord) return null
  const home = form[0]?.chords.find((each) => each.chord)?.chord
  if (home && leadsTo(chord, home)) {
    return (tag > 0 && turnaroundOf(form, tag, home)) || { measure: form.length, beat: 0, chord: home }
  }
  // A tag ends within itself.
  const earliest = Math.max(0, form.length - Math.min(longestEnd, tag || longestEnd))
  let found = { measure: form.length - 1, beat: 0, chord }
  for (let measure = form.length - 1; measure >= earliest; measure--) {
    for (const each of [...(form[measure]?.chords ?? [])].reverse()) {
      if (!isSameChord(each.chord, chord)) return found
      found = { measure, beat: each.beat, chord }
    }
  }
  // It began before: it is struck again where it would otherwise ring for too long.
  const before = form[earliest - 1]?.chords.at(-1)?.chord ?? null
  return isSameChord(before, chord) ? { measure: form.length - 1, beat: 0, chord } : found
}

/** A turnaround has two measures: the tonic with which it begins; null where there is none. */
function turnaroundOf(form: readonly FormMeasure[], tag: number, { root }: Chord): LastChord | null {
  const first = form.length - Math.min(2, tag)
  const measure = form.findIndex(({ chords }, index) => index >= first && chords[0]?.chord?.root === root)
  const chord = form[measure]?.chords[0]?.chord
  return chord ? { measure, beat: 0, chord } : null
}

/** How long a form lasts up to a measure. */
export function beatsBefore(form: readonly Pick<FormMeasure, 'metre'>[], measure = form.length): Beats {
  return form.slice(0, measure).reduce((sum, { metre }) => sum + measureBeats(metre), 0)
}

/** Whether a chord is the dominant of another, or the dominant a half step above it. */
function leadsTo(dominant: Chord, tonic: Chord): boolean {
  const { third, seventh } = chordPartsOf(dominant)
  const isDominant = third === mod(dominant.root + 4, 12) && seventh === mod(dominant.root + 10, 12)
  return isDominant && [7, 1].includes(mod(dominant.root - tonic.root, 12))
}
