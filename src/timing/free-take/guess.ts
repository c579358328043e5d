import type { Seconds } from '../timeline.ts'
import { type BeatTrack, type Place, perPulse } from './beat-tracks.ts'
import type { Levels } from './levels.ts'

/** A guess at a loop: pulses, grouped into measures. */
export type Guess = {
  readonly track: BeatTrack
  readonly levels: Levels
  readonly measures: number
  /** The place of beat one. */
  readonly start: Place
  /** About when that is. */
  readonly startAt: Seconds
}

/** The measures that a count of pulses may be: those that begin at or before the first note, and those with a pickup. */
export function guessesOf(track: BeatTrack, levels: Levels): Guess[] {
  const length = levels.of.length
  const first = track.places[0] as Place
  const counts = new Set([Math.floor(-first / length), Math.ceil(-first / length)])
  return [...counts].flatMap((measures): Guess[] => {
    if (measures < 1) return []
    const start = -measures * length
    return [{ track, levels, measures, start, startAt: track.first + ((start - first) / perPulse) * track.period }]
  })
}
