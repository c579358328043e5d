import { type Metre, measureBeats, parseMetre } from '../../music/index.ts'
import { type Seconds, secondsAt, type TempoChange, type Timeline, timeline } from '../timeline.ts'
import { beatMap, perKnot } from './beat-map.ts'
import { beatTracks, type Place, perPulse } from './beat-tracks.ts'
import { type Guess, guessesOf } from './guess.ts'
import { type HeardTrack, hear, hearTrack } from './hear.ts'
import { levelsOf, pulseBeats } from './levels.ts'
import type { FreeClock, FreeLoop, FreeNote, FreeTake, TempoRange } from './take.ts'
import { weigh } from './weigh.ts'

/** The metres that are considered unless others are given. */
export const freeMetres: readonly Metre[] = ['4/4', '3/4', '6/8', '12/8', '5/4', '7/8', '5/8', '7/4'].map((text) =>
  parseMetre(text),
)

/** Notes that begin together are one onset. */
const together: Seconds = 0.03

/** Beat one is no earlier than this before the first press and the first note. */
const early: Seconds = 0.3

/** Of a take that is longer, the last part counts. */
const longest: Seconds = 1800

/** How many ways to count the pulses are looked at closely. */
const mostTracks = 64

/**
 * Finds the tempo, the metre and the measures of what was played without a click.
 *
 * The pulses are counted in all likely ways, backwards from the second press, which is beat one of the next pass; each
 * way is grouped into measures of each metre; and what speaks for and against each is weighed, as was learnt from basslines.
 *
 * @returns the likeliest first, one for each metre and number of measures; none where the take is shorter than a measure.
 */
export function findLoops(take: FreeTake, range: TempoRange, metres: readonly Metre[] = freeMetres): FreeLoop[] {
  if (!(take.until > take.from)) return []
  const onsets = onsetsOf(take)
  const likely = guessesAt(take, onsets, range, metres)
  return likeliest(take, onsets, likely.length > 0 ? likely : guessesAt(take, onsets, anyTempo, metres))
}

/**
 * Finds the metre and the measures of what was played while a clock counted: the tempo is the clock's, and the loop ends on
 * the clock's beat that is nearest to the second press.
 *
 * @returns the likeliest first, one for each metre and number of measures; none where the take is shorter than a measure.
 */
export function findLoopsByClock(
  take: FreeTake,
  { bpm, beat }: FreeClock,
  metres: readonly Metre[] = freeMetres,
): FreeLoop[] {
  const end = beat === null ? take.until : beat + (Math.round(((take.until - beat) * bpm) / 60) * 60) / bpm
  if (!(end > take.from)) return []
  const onTime = { ...take, until: end }
  const onsets = onsetsOf(onTime)
  const guesses = [...new Set(metres.map(pulseBeats))].flatMap((pulse) => {
    const near = { slowest: (bpm / pulse) * (1 - withClock), fastest: (bpm / pulse) * (1 + withClock) }
    return guessesAt(
      onTime,
      onsets,
      near,
      metres.filter((metre) => pulseBeats(metre) === pulse),
    )
  })
  return likeliest(onTime, onsets, guesses).map((loop) => {
    const start = end - (loop.measures * measureBeats(loop.metre) * 60) / bpm
    return { ...loop, bpm, start, end, timeline: timeline(bpm, start) }
  })
}

/** How close to its tempo a performer plays with a clock. */
const withClock = 0.05

/** The loops that guesses are, the likeliest first, one for each metre and number of measures. */
function likeliest(take: FreeTake, onsets: readonly FreeNote[], guesses: ReturnType<typeof guessesAt>): FreeLoop[] {
  const found = new Map<string, { readonly guess: Guess; readonly weight: number }>()
  for (const [heard, guess] of guesses) {
    const key = `${guess.measures} ${guess.levels.name}`
    const weight = weigh(heard, guess)
    if (weight > (found.get(key)?.weight ?? Number.NEGATIVE_INFINITY)) found.set(key, { guess, weight })
  }
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostLoops)
    .map(({ guess }) => loopOf(guess, onsets, take.until))
}

/** Nobody asks for more. */
const mostLoops = 24

/** Where the range leaves no whole measure, any tempo that can be played is better than none. */
const anyTempo: TempoRange = { slowest: 20, fastest: 260 }

/** The onsets of a take: of notes that begin together the lowest. Without any, the first press is one. */
export function onsetsOf({ from, until, notes }: FreeTake): FreeNote[] {
  const begins = Math.max(from, until - longest)
  const onsets: FreeNote[] = []
  const sorted = notes.filter(({ at }) => at >= begins - early && at < until + together)
  for (const note of sorted.sort((a, b) => a.at - b.at)) {
    const last = onsets.at(-1)
    if (!last || note.at - last.at > together) onsets.push(note)
    else if (note.pitch < last.pitch) onsets[onsets.length - 1] = { ...note, at: last.at }
  }
  return onsets.length > 0 ? onsets : [{ at: begins, until, pitch: 0, velocity: 1 }]
}

/** All guesses at a take, each with what is heard of its pulses. */
export function guessesAt(
  take: FreeTake,
  onsets: readonly FreeNote[],
  range: TempoRange,
  metres: readonly Metre[],
): (readonly [HeardTrack, Guess])[] {
  const heard = hear(take.from, onsets)
  const begins = Math.max(take.until - longest, Math.min(take.from, onsets[0]?.at ?? take.from))
  const moments = onsets.map(({ at }) => at)
  const levels = metres.map(levelsOf)
  return beatTracks(moments, take.until, range)
    .slice(0, mostTracks)
    .flatMap((track) => {
      const heardTrack = hearTrack(heard, track)
      const guesses = levels.flatMap((each) => guessesOf(track, each))
      return guesses.filter(({ startAt }) => startAt > begins - early).map((guess) => [heardTrack, guess] as const)
    })
}

/** A guess as a loop, with its drift. */
function loopOf(
  { track, levels: { metre }, measures, start }: Guess,
  onsets: readonly FreeNote[],
  press: Seconds,
): FreeLoop {
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
