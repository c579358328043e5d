import type { Seconds } from '../timeline.ts'
import type { TempoRange } from './take.ts'

/** A place on the grid of twelfths of a pulse, on which sixteenths and triplets both lie, counted from the loop's end. */
export type Place = number

/** The grid's steps in a pulse. */
export const perPulse = 12

/** One way to count the pulses of a take, whatever the metre. */
export type BeatTrack = {
  /** Of each onset. */
  readonly places: readonly Place[]
  /** How badly the onsets fit: a negative log-likelihood, in nats. */
  readonly cost: number
  /** When place 0 is. */
  readonly end: Seconds
  /** The pulse where the take begins, and when its first onset is meant to be. */
  readonly first: Seconds
  readonly period: Seconds
}

/** The foot that ends a take is so far off the beat: a standard deviation. */
export const pressJitter: Seconds = 0.035
/** And a hand, on an instrument. */
export const onsetJitter: Seconds = 0.014
/** By so much of itself a tempo wanders in a pulse. */
export const drift = 0.008
/** Further off than so many standard deviations is a slip, and says nothing. */
const slip = 3.5
/** Tempi to begin with lie so far apart. */
const tempoStep = 0.04
/** Tracks of the same place and of tempi no further apart than this are one. */
const sameTempo = 0.015
/** Of each tempo to begin with, so many tracks are followed. */
const kept = 8
/** After so many onsets the tempo is clear, so that a long take costs little: one track each of the likeliest goes on. */
const clearAfter = 256
const clearTempi = 12

/** How unlikely an onset is at each twelfth of a pulse, in nats; undefined where none is expected. */
const placeCosts: readonly (number | undefined)[] = [
  0.7,
  undefined,
  4.2,
  2.3,
  3.2,
  undefined,
  1.1,
  undefined,
  2.8,
  2.5,
  4,
  undefined,
]

/** A pulse that is followed backwards from the end: a Kalman filter of phase and period. */
type Tracker = {
  readonly place: Place
  /** When that place is, and the length of a pulse. */
  readonly at: Seconds
  readonly period: Seconds
  /** Their variances and covariance. */
  readonly atAt: number
  readonly atPeriod: number
  readonly periodPeriod: number
  readonly cost: number
  readonly before: Tracker | null
}

/**
 * Counts a take's pulses in all likely ways, from the press that ends it backwards: of all moments, that one is surest to
 * be a beat. Each way is a Kalman filter, whose pulse may wander, with the onsets' places decided by a beam search
 * (Cemgil and Kappen 2003, "Monte Carlo methods for tempo tracking and rhythm quantization").
 *
 * @param onsets in rising order.
 * @returns each number of pulses once, the likeliest first.
 */
export function beatTracks(onsets: readonly Seconds[], end: Seconds, range: TempoRange): BeatTrack[] {
  const shortest = 60 / range.fastest
  const longest = 60 / range.slowest
  const band = (period: Seconds) => Math.round(Math.log(period / shortest) / tempoStep)
  let beam: Tracker[] = Array.from({ length: 1 + band(longest) }, (_, index) =>
    start(end, shortest * Math.exp(index * tempoStep)),
  )
  for (let index = onsets.length - 1; index >= 0; index--) {
    const onset = onsets[index] as Seconds
    const best = new Map<number, Tracker>()
    for (const tracker of beam) {
      const wanted = tracker.place - ((tracker.at - onset) / tracker.period) * perPulse
      for (let place = Math.ceil(wanted - reach); place <= wanted + reach; place++) {
        const next = place <= tracker.place ? follow(tracker, place, onset) : null
        if (!next || next.period < shortest * 0.95 || next.period > longest * 1.05) continue
        const key = place * 4096 + Math.round(Math.log(next.period) / sameTempo)
        if (next.cost < (best.get(key)?.cost ?? Number.POSITIVE_INFINITY)) best.set(key, next)
      }
    }
    const isClear = onsets.length - index > clearAfter
    beam = prune([...best.values()], ({ period }) => band(period), isClear ? 1 : kept)
    if (isClear) beam = beam.slice(0, clearTempi)
  }
  return once(beam).map((last) => trackOf(last, end))
}

/** Onsets are looked for so many twelfths around where they are heard. */
const reach = 2.5

function start(end: Seconds, period: Seconds): Tracker {
  const spread = tempoStep * period
  return {
    place: 0,
    at: end,
    period,
    atAt: pressJitter ** 2,
    atPeriod: 0,
    periodPeriod: spread ** 2,
    cost: 0,
    before: null,
  }
}

/** The tracker after it has heard an onset at a place before its own; null where no onset is expected. */
function follow(tracker: Tracker, place: Place, onset: Seconds): Tracker | null {
  const unlikely = placeCosts[((place % perPulse) + perPulse) % perPulse]
  if (unlikely === undefined) return null
  const pulses = (tracker.place - place) / perPulse
  const { period } = tracker
  const wander = (drift * period) ** 2 * pulses
  // Phase and period are predicted `pulses` earlier, then corrected by what was heard.
  const atAt =
    tracker.atAt - 2 * pulses * tracker.atPeriod + pulses ** 2 * tracker.periodPeriod + (wander * pulses ** 2) / 3
  const atPeriod = tracker.atPeriod - pulses * tracker.periodPeriod - (wander * pulses) / 2
  const periodPeriod = tracker.periodPeriod + wander
  const predicted = tracker.at - pulses * period
  const off = onset - predicted
  const variance = atAt + onsetJitter ** 2
  const deviation = (off * off) / variance
  const cost = tracker.cost + unlikely + Math.min(deviation, slip ** 2) / 2 + Math.log(variance / onsetJitter ** 2) / 2
  if (deviation > slip ** 2) {
    if (Math.abs(off) > period / 8) return null
    return { place, at: predicted, period, atAt, atPeriod, periodPeriod, cost, before: tracker }
  }
  const phaseGain = atAt / variance
  const periodGain = atPeriod / variance
  return {
    place,
    at: predicted + phaseGain * off,
    period: period + periodGain * off,
    atAt: (1 - phaseGain) * atAt,
    atPeriod: (1 - phaseGain) * atPeriod,
    periodPeriod: periodPeriod - periodGain * atPeriod,
    cost,
    before: tracker,
  }
}

/** The best of each tempo, so many, the likeliest first. */
function prune(trackers: Tracker[], band: (tracker: Tracker) => number, most: number): Tracker[] {
  trackers.sort((a, b) => a.cost - b.cost)
  const counts = new Map<number, number>()
  return trackers.filter((tracker) => {
    const count = (counts.get(band(tracker)) ?? 0) + 1
    counts.set(band(tracker), count)
    return count <= most
  })
}

/** Of the tracks that count as many pulses, the best. */
function once(trackers: readonly Tracker[]): Tracker[] {
  const best = new Map<Place, Tracker>()
  for (const tracker of trackers) if (!best.has(tracker.place)) best.set(tracker.place, tracker)
  return [...best.values()]
}

function trackOf(last: Tracker, end: Seconds): BeatTrack {
  const places: Place[] = []
  for (let tracker = last; tracker.before; tracker = tracker.before) places.push(tracker.place)
  return { places, cost: last.cost, end, first: last.at, period: last.period }
}
