import { type Beats, pitchName } from '../../music/index.ts'
import type { Portrait } from './portrait.ts'

/** How many notes have to be known before much can be said. */
const fewNotes = 200

/** What is known of a performer, in plain sentences. */
export function portraitWords(portrait: Portrait): string[] {
  const { name, evenings, notes, phrases, range } = portrait
  if (!range) return [`Nothing is known of ${name} yet.`]
  const { intervals, leaps, repeated, rhythms, density, phraseBegins, phraseEnds, touch } = portrait
  const degrees = Object.entries(portrait.degrees).map(
    ([kind, { notes, shares }]) => `Over ${kind} chords (${counted(notes, 'note')}): ${favourites(shares)}.`,
  )
  return [
    `${name}: ${counted(notes, 'note')} in ${counted(phrases, 'phrase')} from ${counted(evenings, 'evening')}.`,
    ...(notes < fewNotes ? ['That is little: what follows may be chance.'] : []),
    `Range: ${pitchName(range.lowest)} to ${pitchName(range.highest)}, mostly ${pitchName(range.low)} to ${pitchName(range.high)}, around ${pitchName(Math.round(range.middle))}.`,
    `Favourite intervals: ${list(intervals.slice(0, 5).map(({ semitones, share }) => `${intervalName(semitones)} ${percent(share)}`))}. Leaps beyond a fifth ${percent(leaps)}, repeated notes ${percent(repeated)}.`,
    ...(degrees.length > 0 ? degrees : ['No chords were known, so nothing can be said of degrees.']),
    `Rhythm: ${list(rhythms.slice(0, 4).map(({ beats, share }) => `${rhythmName(beats)} ${percent(share)}`))}.`,
    `A phrase has ${fixed(density.notesPerPhrase)} notes over ${fixed(density.beatsPerPhrase)} beats, ${fixed(density.notesPerBeat)} notes a beat; the rest after it is ${fixed(density.restBeats)} beats long.`,
    `Phrases begin off the beat ${percent(phraseBegins.offBeat)} of the time and end off it ${percent(phraseEnds.offBeat)}; ${percent(phraseEnds.falling)} end going down${phraseEnds.degrees.some((share) => share > 0) ? `, on ${favourites(phraseEnds.degrees, 3)}` : ''}.`,
    `Touch: velocity ${Math.round(touch.mean)}, give or take ${Math.round(touch.deviation)}.`,
  ]
}

const degreeNames = ['the root', 'b9', '9', 'b3', '3', '4', 'b5', '5', 'b6', '6', 'b7', '7']

const intervalNames = [
  'the same again',
  'half steps',
  'whole steps',
  'minor thirds',
  'major thirds',
  'fourths',
  'tritones',
  'fifths',
  'minor sixths',
  'major sixths',
  'minor sevenths',
  'major sevenths',
  'octaves',
]

/** An interval's name, with the way that it goes. */
function intervalName(semitones: number): string {
  const size = Math.abs(semitones)
  if (size === 0) return 'the same again'
  return `${intervalNames[size] ?? `${size} semitones`} ${semitones > 0 ? 'up' : 'down'}`
}

/** The name of a semitone above a root, as players say it. */
export function degreeName(semitones: number): string {
  return degreeNames[semitones] ?? `${semitones}`
}

const rhythmNames: readonly (readonly [Beats, string])[] = [
  [1 / 6, 'sixteenth triplets'],
  [1 / 4, 'sixteenths'],
  [1 / 3, 'eighth triplets'],
  [1 / 2, 'eighths'],
  [2 / 3, 'long swung eighths'],
  [3 / 4, 'dotted eighths'],
  [1, 'quarters'],
  [1.5, 'dotted quarters'],
  [2, 'halves'],
  [3, 'dotted halves'],
  [4, 'four beats'],
]

/** The name of a note value. */
function rhythmName(beats: Beats): string {
  return rhythmNames.find(([value]) => value === beats)?.[1] ?? `${fixed(beats)} beats`
}

function favourites(shares: readonly number[], many = 4): string {
  const order = shares.map((share, degree) => [share, degree] as const).sort(([a], [b]) => b - a)
  return list(
    order.slice(0, many).flatMap(([share, degree]) => (share > 0 ? [`${degreeName(degree)} ${percent(share)}`] : [])),
  )
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}

function list(words: readonly string[]): string {
  return words.join(', ')
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}

function fixed(number: number): string {
  return `${Number(number.toFixed(1))}`
}
