import { type Beats, measureBeats, metreText } from '../music/index.ts'
import type { Ending } from './brief.ts'
import type { FormMeasure } from './form.ts'
import { beatsBefore, type LastChord, lastChordOf } from './last-chord.ts'

/** What a performance goes through: the tune, choruses of solos, the tune again, and how it ends. */
export type PerformancePart = 'head' | 'solos' | 'head-out' | 'tag' | 'ending'

/** A measure of a whole performance. */
export type ArrangedMeasure = {
  readonly now: FormMeasure
  /** Null for the last. */
  readonly next: FormMeasure | null
  /** Where it begins, from the start of the music. */
  readonly start: Beats
  /** How many choruses are before it. */
  readonly chorus: number
  readonly part: PerformancePart
  /** How many measures of its section are before it, and how many come after it. */
  readonly inSection: { readonly before: number; readonly after: number }
  readonly end: Ending
  /** The next measure begins with it. */
  readonly isBeforeEnd: boolean
}

/** How many times more a tag plays the last measures of the last chorus. */
export const tagRepeats = 2

/** How the music ends, with the measures of its tag. */
export const endings = { held: 0, tag: 4, 'short-tag': 2 } as const

/** How the music ends: with the last chord, or with a tag of four measures or of two before it. */
export type EndingName = keyof typeof endings

/** A measure of the form in its place. */
type Played = Pick<ArrangedMeasure, 'now' | 'chorus' | 'part'> & { readonly begins: boolean }

/**
 * A form as it is played: the head, solos, the head out, to its ending. The last chord is held from where it begins. If it
 * leads back to the first, the music ends there, in a measure more.
 */
export function arrange(
  form: readonly FormMeasure[],
  choruses: number,
  ending: EndingName = 'held',
): ArrangedMeasure[] {
  const played: Played[] = Array.from({ length: choruses }, (_, chorus) => chorusOf(form, chorus, choruses)).flat()
  const tag = form.slice(form.length - tagLength(form, endings[ending]))
  const last = lastChordOf(form, tag.length)
  for (let time = 0; time < tagRepeats; time++) {
    played.push(...tag.map((now, at): Played => ({ now, chorus: choruses - 1, part: 'tag', begins: at === 0 })))
  }
  const final = last && inPlace(last, form, played)
  const ends = last && last.measure >= form.length ? endMeasure(form, last) : null
  if (ends) played.push({ now: ends, chorus: choruses - 1, part: 'ending', begins: false })
  const inSections = sectionPlaces(played)
  const length = beatsBefore(played.map(({ now }) => now))
  let start = 0
  return played.map(({ now, chorus, part }, index) => {
    const arranged: ArrangedMeasure = {
      now,
      next: played[index + 1]?.now ?? null,
      start,
      chorus,
      part: final && index >= final.measure ? 'ending' : part,
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

/** How many measures a tag may have: it is of one metre. */
function tagLength(form: readonly FormMeasure[], most: number): number {
  const last = form.at(-1)
  if (!last) return 0
  const other = form.findLastIndex(({ metre }) => metreText(metre) !== metreText(last.metre))
  return Math.min(most, form.length - 1 - other)
}

function chorusOf(form: readonly FormMeasure[], chorus: number, choruses: number): Played[] {
  const part = chorusPart(chorus, choruses - 1)
  return form.map((now, at) => ({ now, chorus, part, begins: at === 0 }))
}

/** What a chorus is. @param last the number of the last one, from 0; null where nobody knows. */
export function chorusPart(chorus: number, last: number | null): 'head' | 'solos' | 'head-out' {
  if (chorus === 0) return 'head'
  return chorus === last ? 'head-out' : 'solos'
}

/** The last chord's place in all that is played. */
function inPlace({ measure, ...rest }: LastChord, form: readonly FormMeasure[], played: readonly Played[]): LastChord {
  return { ...rest, measure: played.length - form.length + measure }
}

/** A measure with the last chord, where the form leads back to its beginning. */
function endMeasure(form: readonly FormMeasure[], { chord }: LastChord): FormMeasure | null {
  const last = form.at(-1)
  return last ? { ...last, section: null, chords: [{ beat: 0, chord }] } : null
}

/** Sections are as the form says; a chorus or a tag begins one, and so does a phrase of eight measures within a long one. */
function sectionPlaces(played: readonly Played[]): { before: number; after: number }[] {
  const starts: number[] = []
  for (const [index, { now, begins }] of played.entries()) {
    const length = index - (starts.at(-1) ?? 0)
    const isOther = now.section !== played[index - 1]?.now.section
    if (begins || isOther || length >= longestSection) starts.push(index)
  }
  return starts.flatMap((start, place) => {
    const length = (starts[place + 1] ?? played.length) - start
    return Array.from({ length }, (_, before) => ({ before, after: length - 1 - before }))
  })
}

const longestSection = 8
