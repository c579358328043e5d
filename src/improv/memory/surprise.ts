import { classInterval, intervalClass, intervalClasses } from '../../models/index.ts'
import type { MidiPitch } from '../../music/index.ts'
import { createNoteCounts, expertNames, type NoteCounts } from './counts.ts'
import { beginsPhrase, type PastNote, type PlayedNote } from './played-note.ts'

/** A phrase of an evening, and how much it surprises the memory of a performer. */
export type PhraseSurprise = {
  readonly by: 'human' | 'machine'
  readonly notes: number
  /** The mean surprise of its pitches, in nats. */
  readonly nats: number
}

/** Shorter phrases say nothing. */
const leastNotes = 3

/** Notes that are counted: all that a performer's memory keeps. */
const capacity = 32768

/** No chance counts as less: nobody is infinitely surprised. */
const leastChance = 1e-4
/** Degrees have no octave: near ones are likelier, by this many semitones to a factor of e. */
const nearness = 4
const octaves = Float64Array.from({ length: intervalClasses }, (_, token) =>
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
  const counts = countsOf(known)
  const phrases: { by: 'human' | 'machine'; nats: number[] }[] = []
  const pitches: number[] = []
  for (const [index, note] of line.entries()) {
    const before = line[index - 1]
    if (note.by !== before?.by || beginsPhrase(note, before)) phrases.push({ by: note.by, nats: [] })
    if (pitches.length > 0) phrases.at(-1)?.nats.push(surpriseAt(counts, [...pitches], note))
    pitches.unshift(note.pitch)
    pitches.length = Math.min(pitches.length, 9)
  }
  return phrases
    .filter(({ nats }) => nats.length >= leastNotes)
    .map(({ by, nats }) => ({ by, notes: nats.length, nats: nats.reduce((sum, each) => sum + each, 0) / nats.length }))
}

/** How much a line surprises what is known of a performer: the mean of its pitches from the second on, in nats. */
export function lineSurprise(known: readonly PastNote[], line: readonly MidiPitch[]): number {
  const counts = countsOf(known)
  const nats = line.slice(1).map((pitch, index) => {
    const before = line.slice(Math.max(0, index - 8), index + 1).reverse()
    return surpriseAt(counts, before, { pitch, chord: null })
  })
  return nats.length === 0 ? 0 : nats.reduce((sum, each) => sum + each, 0) / nats.length
}

function countsOf(known: readonly PastNote[]): NoteCounts {
  const counts = createNoteCounts(capacity)
  for (const note of known) counts.add(note)
  return counts
}

/** How much a pitch surprises after these, the newest first. */
function surpriseAt(
  counts: NoteCounts,
  before: readonly MidiPitch[],
  { pitch, chord }: Pick<PastNote, 'pitch' | 'chord'>,
): number {
  const experts = counts.ask({ pitches: before, chord }, octaves)
  const token = intervalClass(pitch - (before[0] ?? pitch))
  const chance = expertNames.reduce((sum, name) => sum + (experts[name].chances[token] as number), 0)
  return -Math.log(Math.max(leastChance, chance / expertNames.length))
}
