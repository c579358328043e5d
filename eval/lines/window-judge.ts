import { keptChord } from '../../src/improv/index.ts'
import { type MidiPitch, mod } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { grams, type Sample, sampleOf } from '../phrases/judge.ts'
import { intervals } from '../statistics.ts'

/** What a judge of lines hears: how pitches move, how they sit on the chords and on the beat, and where they lie. */
export const aspects = ['intervals', 'chords', 'beat', 'register'] as const

/** One of {@link aspects}. */
export type Aspect = (typeof aspects)[number]

/** How many notes are judged at a time. */
export const windowNotes = 64

/** How many features the judge of windows tells apart. */
export const windowWidth: number = 1 << 18

/** Pitches on the rhythm and over the chords of a line, window by window, as a judge hears them that is deaf to one aspect. */
export function windowsOf(
  { notes }: Pick<Line, 'notes'>,
  pitches: readonly MidiPitch[],
  human: boolean,
  deafTo: Aspect | null = null,
): Sample[] {
  return Array.from({ length: Math.floor(pitches.length / windowNotes) }, (_, index) => {
    const part = [index * windowNotes, (index + 1) * windowNotes] as const
    return sampleOf(human, levels(words(notes.slice(...part), pitches.slice(...part), deafTo)), windowWidth)
  })
}

/** What is to be heard in a window; a word that tells of several aspects is missed by whoever is deaf to one of them. */
function words(notes: Line['notes'], pitches: readonly MidiPitch[], deafTo: Aspect | null): string[] {
  const steps = intervals(pitches)
  const degrees = notes.map(({ chord }, index) => {
    if (!chord) return 'none'
    const { root, kind } = keptChord(chord)
    return `${kind} ${mod((pitches[index] as MidiPitch) - root, 12)}`
  })
  const places = notes.map(({ place }) => Math.round(12 * place))
  const phases = places.map((place) => mod(place, 12))
  const middle = pitches.reduce((sum, pitch) => sum + pitch, 0) / pitches.length
  const along = <Each>(values: readonly Each[], tell: (value: Each, index: number) => string) => values.map(tell)
  const told: readonly (readonly [readonly Aspect[], readonly string[]])[] = [
    [['intervals'], grams('i', steps, 4)],
    [['intervals'], grams('u', steps.map(Math.sign), 6)],
    [['chords'], grams('c', degrees, 2)],
    [['chords', 'intervals'], along(steps, (step, index) => `ci ${degrees[index]} ${step}`)],
    [['chords', 'intervals'], along(steps, (step, index) => `ic ${step} ${degrees[index + 1]}`)],
    [['beat', 'chords'], along(degrees, (degree, index) => `bc ${phases[index]} ${degree}`)],
    [['beat', 'chords'], along(degrees, (degree, index) => `mc ${places[index]} ${degree}`)],
    [['beat', 'intervals'], along(steps, (step, index) => `bi ${phases[index + 1]} ${step}`)],
    [['beat', 'intervals'], along(steps, (step, index) => `ib ${phases[index]} ${step}`)],
    [['register'], along(pitches, (pitch) => `r ${Math.floor(pitch / 3)}`)],
    [['register'], along(pitches, (pitch) => `m ${Math.round((pitch - middle) / 2)}`)],
    [['register'], [`range ${Math.max(...pitches) - Math.min(...pitches)}`, `kinds ${new Set(pitches).size}`]],
  ]
  return told.flatMap(([of, these]) => (deafTo && of.includes(deafTo) ? [] : these))
}

/** Each word with how often it is there at least: once, twice, four times, … */
function levels(words: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].flatMap(([word, count]) =>
    Array.from({ length: 1 + Math.floor(Math.log2(count)) }, (_, level) => `${word} × ${2 ** level}`),
  )
}
