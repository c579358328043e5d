import { lengthClass, lengthClasses, longestDistance, type Twelfths } from '../../models/index.ts'
import type { Beats } from '../../music/index.ts'
import { type ContextCounts, createContextCounts } from './context-counts.ts'
import type { Expert } from './expert.ts'
import { createMix } from './mixing.ts'
import { distanceWeights, lengthWeights } from './rhythm-weights.ts'

/** How many classes of distances there are: twelfths of a beat, the longest of which count alike. */
export const distanceClasses: number = longestDistance + 1

/** A note, as the memory of rhythm keeps it. */
export type RhythmNote = {
  /** Into its beat. */
  readonly phase: Twelfths
  /** From the note before; null where it begins a line, of which nothing before is known. */
  readonly since: Twelfths | null
  /** How long it sounds, in beats of the metre. */
  readonly beats: Beats
}

/** How many distances before a note are compared, and the longest context of a length. */
const distancesBack = 5
const longestLengthContext = 3

/** No distance makes lengths more different than this. */
const longRest: Twelfths = 48

/** What comes right before: the notes of a line so far, the newest first. */
type Line = {
  readonly phase: Twelfths
  readonly distances: readonly Twelfths[]
  /** The class of the length of the note before this one; null where there is none. */
  readonly length: number | null
}

/** What somebody plays: distances by the place in the beat and the distances before, lengths by the distance and what came before. */
type Habits = { readonly distance: ContextCounts; readonly length: ContextCounts }

const habits = (): Habits => ({
  distance: createContextCounts(distanceClasses, 1 + distancesBack),
  length: createContextCounts(lengthClasses, longestLengthContext),
})

/** What memories say of rhythm and touch, besides the model. */
export type RhythmRecall = {
  /** The performer has played this, too. */
  learn(played: readonly RhythmNote[]): void
  /** This was played in this session before the line. */
  remember(played: readonly RhythmNote[]): void
  /** A line begins; nothing before is known. */
  start(phase: Twelfths): void
  /** The line's last note is over, and the next one begins: it is remembered as the session's. */
  next(note: { readonly since: Twelfths; readonly phase: Twelfths; readonly beats: Beats }): void
  /** The chances of each distance from the line's last note, once memories are mixed with the model's own. */
  distances(own: Float64Array): Float64Array
  /** Those of each class of lengths of the line's last note, from how far the next one is. */
  lengths(own: Float64Array, since: Twelfths): Float64Array
  /** The chances of each distance by the performer's memory alone; null where nobody is known. */
  performed(): Float64Array | null
  /** What each memory says alone, in the order of the weights: to learn them. */
  experts(since: Twelfths): {
    readonly distance: readonly (Expert | null)[]
    readonly length: readonly (Expert | null)[]
  }
}

/** Memories of nothing yet: they are kept for one turn. */
export function createRhythmRecall(): RhythmRecall {
  const mix = createMix()
  const mixedDistances = new Float64Array(distanceClasses)
  const mixedLengths = new Float64Array(lengthClasses)
  const session = habits()
  let performer: Habits | null = null
  let line: Line | null = null

  const known = () => [session, performer]
  const distanceExperts = () => known().map((each) => (each && line ? each.distance.ask(distanceContext(line)) : null))
  const lengthExperts = (since: Twelfths) =>
    known().map((each) => (each && line ? each.length.ask(lengthContext(line, since)) : null))
  return {
    learn(played) {
      performer ??= habits()
      count(performer, played)
    },
    remember: (played) => count(session, played),
    start(phase) {
      line = startAt(phase)
    },
    next(note) {
      line = line ? withNext(session, line, note) : startAt(note.phase)
    },
    distances(own) {
      mix(own, distanceExperts(), distanceWeights, mixedDistances)
      return mixedDistances
    },
    lengths(own, since) {
      mix(own, lengthExperts(since), lengthWeights, mixedLengths)
      return mixedLengths
    },
    performed: () => (performer && line ? performer.distance.ask(distanceContext(line)).chances : null),
    experts: (since) => ({ distance: distanceExperts(), length: lengthExperts(since) }),
  }
}

function startAt(phase: Twelfths): Line {
  return { phase, distances: [], length: null }
}

function distanceContext({ phase, distances }: Line): number[] {
  return [phase, ...distances]
}

function lengthContext({ distances: [before], length }: Line, since: Twelfths): number[] {
  const distance = Math.min(longRest, since)
  return length === null || before === undefined ? [distance] : [distance, length, Math.min(longRest, before)]
}

/** Counts what came after a line, and returns the line that goes on. */
function withNext(
  { distance, length }: Habits,
  line: Line,
  { since, phase, beats }: { readonly since: Twelfths; readonly phase: Twelfths; readonly beats: Beats },
): Line {
  const [far, long] = [Math.min(longestDistance, since), lengthClass(beats)]
  distance.add(distanceContext(line), far)
  length.add(lengthContext(line, far), long)
  return { phase, distances: [far, ...line.distances.slice(0, distancesBack - 1)], length: long }
}

function count(counts: Habits, played: readonly RhythmNote[]): void {
  let line: Line | null = null
  for (const [index, { phase, since }] of played.entries()) {
    const before = played[index - 1]
    line =
      line && before && since !== null ? withNext(counts, line, { since, phase, beats: before.beats }) : startAt(phase)
  }
}
