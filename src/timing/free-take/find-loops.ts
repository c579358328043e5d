import { type Metre, parseMetre } from '../../music/index.ts'
import { type Seconds, secondsAt, type TempoChange, type Timeline } from '../timeline.ts'
import { beatMap, perKnot } from './beat-map.ts'
import { type BeatTrack, beatTracks, type Place, perPulse } from './beat-tracks.ts'
import { type Evidence, evidenceOf, hear, hearTrack } from './evidence.ts'
import { type Guess, guessesOf } from './guess.ts'
import { levelsOf, pulseBeats } from './levels.ts'
import type { FreeLoop, FreeNote, FreeTake, TempoRange } from './take.ts'
import { weights } from './weights.ts'

/** The metres that are considered unless others are given. */
export const freeMetres: readonly Metre[] = ['4/4', '3/4', '6/8', '12/8', '5/4', '7/8', '5/8', '7/4'].map((text) =>
  parseMetre(text),
)

/** Notes that begin together are one onset. */
const together: Seconds = 0.03

/** So many ways to count the pulses are looked at closely. */
const mostTracks = 64

/** A guess, and how likely it is: only the differences mean something. */
export type WeighedGuess = Guess & { readonly weight: number; readonly evidence: Evidence }

/**
 * Finds the tempo, the metre and the measures of what was played without a click.
 *
 * The pulses are counted in all likely ways, backwards from the second press, which is beat one of the next pass; each
 * way is grouped into measures of each metre; and what speaks for and against each is weighed (a log-linear model, whose
 * weights were learnt from basslines).
 *
 * @returns the likeliest first, one for each metre and number of measures; none where the take is shorter than a measure.
 */
export function findLoops(take: FreeTake, range: TempoRange, metres: readonly Metre[] = freeMetres): FreeLoop[] {
  const onsets = onsetsOf(take)
  const found = new Map<string, WeighedGuess>()
  for (const guess of weighGuesses(take, onsets, range, metres)) {
    const { metre } = guess.levels
    const key = `${guess.measures} ${metre.numerator}/${metre.denominator}`
    if (guess.weight > (found.get(key)?.weight ?? Number.NEGATIVE_INFINITY)) found.set(key, guess)
  }
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostLoops)
    .map((guess) => loopOf(guess, onsets, take.until))
}

/** Nobody asks for more. */
const mostLoops = 24

/** The onsets of a take: of notes that begin together the lowest. Without any, the first press is one. */
export function onsetsOf({ from, until, notes }: FreeTake): FreeNote[] {
  const onsets: FreeNote[] = []
  const sorted = notes.filter(({ at, until: end }) => at < until + together && Number.isFinite(at + end))
  for (const note of sorted.sort((a, b) => a.at - b.at)) {
    const last = onsets.at(-1)
    if (!last || note.at - last.at > together) onsets.push(note)
    else if (note.pitch < last.pitch) onsets[onsets.length - 1] = { ...note, at: last.at }
  }
  return onsets.length > 0 ? onsets : [{ at: from, until, pitch: 0, velocity: 1 }]
}

/** All guesses at a take, weighed. */
export function weighGuesses(
  take: FreeTake,
  onsets: readonly FreeNote[],
  range: TempoRange,
  metres: readonly Metre[],
): WeighedGuess[] {
  const heard = hear(take.from, onsets)
  const tracks = beatTracks(
    onsets.map(({ at }) => at),
    take.until,
    range,
  )
  const levels = metres.map(levelsOf)
  return tracks.slice(0, mostTracks).flatMap((track) => {
    const heardTrack = hearTrack(heard, track)
    return levels.flatMap((each) =>
      guessesOf(track, each).map((guess) => {
        const evidence = evidenceOf(heardTrack, guess)
        return { ...guess, evidence, weight: weigh(evidence) }
      }),
    )
  })
}

function weigh(evidence: Evidence): number {
  let weight = 0
  for (const name in evidence) weight += (evidence[name] as number) * (weights[name] ?? 0)
  return weight
}

/** A guess as a loop, with its drift. */
function loopOf({ track, levels: { metre }, measures, start }: Guess, onsets: readonly FreeNote[], press: Seconds): FreeLoop {
  const from = Math.floor(Math.min(start, track.places[0] as Place) / perKnot) * perKnot
  const knots = beatMap(from, track, onsets, press)
  const beatsPerKnot = (pulseBeats(metre) * perKnot) / perPulse
  const changes = knots.slice(0, -1).map((seconds, knot): TempoChange => {
    const length = (knots[knot + 1] as Seconds) - seconds
    const beat = (from - start) / perKnot + knot
    return { beat: beat * beatsPerKnot, seconds, bpm: (60 * beatsPerKnot) / length }
  })
  const timeline = changes as unknown as Timeline
  const beats = (-start / perPulse) * pulseBeats(metre)
  const startAt = secondsAt(timeline, 0)
  const end = knots.at(-1) as Seconds
  return { metre, measures, bpm: (60 * beats) / (end - startAt), start: startAt, end, timeline }
}

/** A way to count the pulses. */
export type { BeatTrack }
