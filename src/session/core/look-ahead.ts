import { type Beats, rounding } from '../../music/index.ts'
import { beatAt, secondsAt } from '../../timing/index.ts'
import { nextAutomatic, runAutomatic } from './automatic.ts'
import type { DueNote } from './due-note.ts'
import type { FeatureSet, Stretch } from './feature.ts'
import type { CoreState } from './state.ts'
import { OpenTransaction } from './transaction.ts'

/** No note sounds further from its place in its loop: swing, feel and an early first note together. */
const farthest: Beats = 2

/** The last note of an ending may be this late. */
const lateForEnd: Beats = 1 / 8

/** A longer window is a mistake of the caller's, and has no notes. */
const longestWindow: Beats = 100_000

/** What the features play by themselves from a beat on, up to but without another, in order. */
export function lookAhead<State extends CoreState>(
  features: FeatureSet<State>,
  state: State,
  from: Beats,
  to: Beats,
): DueNote[] {
  if (!state.transport.playing || !(to > from) || to - from > longestWindow) return []
  const due: DueNote[] = []
  for (const stretch of stretchesUpTo(features, state, to + farthest)) {
    const near = { ...stretch, from: Math.max(stretch.from, from - farthest), to: Math.min(stretch.to, to + farthest) }
    const { ending } = stretch.state.transport
    const end = ending ? Math.min(to, ending.beat + lateForEnd) : to
    const add = (note: DueNote) => {
      if (note.beat >= from && note.beat < end) due.push(note)
    }
    for (const feature of features.list) feature.notes?.(near, add)
  }
  return due.sort((a, b) => a.beat - b.beat)
}

/** The state at a beat, if nobody does anything until then and the music goes on. */
export function stateAhead<State extends CoreState>(features: FeatureSet<State>, state: State, beat: Beats): State {
  const stretches = stretchesUpTo(features, state, beat)
  return (stretches.findLast(({ from }) => from <= beat) ?? stretches[0])?.state ?? state
}

/** The states that follow each other by themselves, if nobody does anything, as long as the music goes on. */
function stretchesUpTo<State extends CoreState>(
  features: FeatureSet<State>,
  state: State,
  last: Beats,
): Stretch<State>[] {
  const ahead = new OpenTransaction(features, state, null, true)
  const stretches: Stretch<State>[] = []
  let from = Number.NEGATIVE_INFINITY
  for (;;) {
    const { timeline } = ahead.state.transport
    const until = secondsAt(timeline, last)
    const next = nextAutomatic(ahead)
    const isLast = !next || next.at > until
    const to = isLast ? Number.POSITIVE_INFINITY : Math.max(from, onBeat(beatAt(timeline, next.at)))
    stretches.push({ state: ahead.state, from, to })
    if (isLast) return stretches
    runAutomatic(ahead, next, until)
    const { playing, begun } = ahead.state.transport
    if (!playing || begun !== state.transport.begun) return stretches
    from = to
  }
}

/** A beat that is on a sixty-fourth, but for what a clock rounds, is exactly there. */
function onBeat(beat: Beats): Beats {
  const rounded = Math.round(beat * 16) / 16
  return Math.abs(beat - rounded) < rounding ? rounded : beat
}
