import type { Beats } from '../music/index.ts'
import { type Bpm, type Timeline, withTempo } from './timeline.ts'

/** The tempo with which a ritardando ends, as a share of the tempo before it. */
const lastTempo = 0.5

/** How the tempo falls: slowly at first, as a runner stops. */
const curve = 3

/** The tempo changes so often. */
const grid: Beats = 1 / 2

/** A ritardando: where it begins and ends, and the tempo that it comes from. */
export type Ritardando = { readonly from: Beats; readonly to: Beats; readonly bpm: Bpm }

/** A ritardando takes two measures, or so long. */
const measures = 2
const longest: Beats = 8

/** Where a ritardando begins that ends on a beat, in measures of a length. */
export function slowingFrom(to: Beats, measure: Beats): Beats {
  return to - Math.min(longest, measures * measure)
}

/**
 * A timeline with a ritardando, which goes on at its last tempo. What was planned from there on is dropped. The tempo falls as
 * Friberg and Sundberg measured it (Does music performance allude to locomotion? JASA 105, 1999): at a share x of the way it
 * is (1 + (w³ − 1) x)^⅓ of what it was, where w is the last tempo.
 *
 * @param after nothing changes before this beat: it has been played.
 */
export function slowed(line: Timeline, { from, to, bpm }: Ritardando, after: Beats): Timeline {
  let slower = line
  for (let beat = from; beat < to; beat += grid) {
    const end = Math.min(to, beat + grid)
    const share = Math.min(1, Math.max(0, ((beat + end) / 2 - from) / (to - from)))
    if (end > after) slower = withTempo(slower, Math.max(beat, after), bpm * tempoAt(share))
  }
  return withTempo(slower, Math.max(to, after), bpm * lastTempo)
}

function tempoAt(share: number): number {
  return (1 + (lastTempo ** curve - 1) * share) ** (1 / curve)
}
