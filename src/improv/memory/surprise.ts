import { classInterval, intervalClass } from '../../models/index.ts'
import { createNoteCounts } from './counts.ts'
import { expertNames } from './mixing.ts'
import type { PlayedNote } from './played-note.ts'

/** A phrase of an evening, and how much it surprises the memory of a performer. */
export type PhraseSurprise = {
  readonly by: 'human' | 'machine'
  readonly notes: number
  /** The mean surprise of its pitches, in nats. */
  readonly nats: number
}

/** A rest as long as this, in beats, ends a phrase. */
const phraseRest = 0.75
/** Shorter phrases say nothing. */
const leastNotes = 3

const classes = 49
/** Degrees have no octave: near ones are likelier, by this many semitones to a factor of e. */
const nearness = 4
const octaves = Float64Array.from({ length: classes }, (_, token) =>
  Math.exp(-Math.abs(classInterval(token)) / nearness),
)

/**
 * How much the phrases of a line surprise what is known of a performer, in their order. What is played is not learnt on
 * the way.
 *
 * @param known what the performer has played before.
 */
export function phraseSurprises(
  known: readonly PlayedNote[],
  line: readonly (PlayedNote & { readonly by: 'human' | 'machine' })[],
): PhraseSurprise[] {
  const counts = createNoteCounts(32768)
  for (const note of known) counts.add(note)
  const phrases: { by: 'human' | 'machine'; nats: number[] }[] = []
  const pitches: number[] = []
  for (const [index, note] of line.entries()) {
    const before = line[index - 1]
    const begins = !before || note.since === null || note.by !== before.by || note.since - before.beats >= phraseRest
    if (begins) phrases.push({ by: note.by, nats: [] })
    const [last] = pitches
    if (last !== undefined) {
      const experts = counts.ask({ pitches: [...pitches], chord: note.chord }, octaves)
      const token = intervalClass(note.pitch - last)
      const chance =
        expertNames.reduce((sum, name) => sum + (experts[name].chances[token] as number), 0) / expertNames.length
      phrases.at(-1)?.nats.push(-Math.log(Math.max(1e-4, chance)))
    }
    pitches.unshift(note.pitch)
    pitches.length = Math.min(pitches.length, 9)
  }
  return phrases
    .filter(({ nats }) => nats.length >= leastNotes)
    .map(({ by, nats }) => ({ by, notes: nats.length, nats: nats.reduce((sum, each) => sum + each, 0) / nats.length }))
}
