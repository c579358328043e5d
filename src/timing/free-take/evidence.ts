import type { Seconds } from '../timeline.ts'
import { type BeatTrack, type Place, perPulse } from './beat-tracks.ts'
import type { Guess } from './guess.ts'
import { type Level, pulseBeats } from './levels.ts'
import type { FreeNote } from './take.ts'

/** What speaks for and against a guess: figures by their names, to be weighed against each other. */
export type Evidence = Readonly<Record<string, number>>

/** What is heard of a take once, for all guesses. */
export type Heard = {
  /** The first press. */
  readonly from: Seconds
  /** An onset each, in rising order. */
  readonly notes: readonly FreeNote[]
  /** How much longer and lower each is than the others, in standard deviations. */
  readonly long: readonly number[]
  readonly low: readonly number[]
}

/** What is heard of a way to count its pulses. */
export type HeardTrack = {
  readonly heard: Heard
  readonly track: BeatTrack
  /** The onsets by their places. */
  readonly at: ReadonlyMap<Place, number>
  /** The commonest distance between onsets. */
  readonly value: Place
  /** The share of the distances that are. */
  readonly even: number
}

/** Hears a take. @param notes in rising order, no two of them together. */
export function hear(from: Seconds, notes: readonly FreeNote[]): Heard {
  const sounding = notes.map(({ at, until }, index) => Math.min(until, notes[index + 1]?.at ?? until) - at)
  const long = standardised(
    sounding.map((seconds) => Math.log(Math.max(0.05, seconds))),
    0.2,
  )
  const low = standardised(
    notes.map(({ pitch }) => -pitch),
    2,
  )
  return { from, notes, long, low }
}

/** Hears the notes as a track counts them. */
export function hearTrack(heard: Heard, track: BeatTrack): HeardTrack {
  const { places } = track
  const counts = new Map<Place, number>()
  let value: Place = perPulse
  let most = 0
  for (let index = 1; index < places.length; index++) {
    const distance = (places[index] as Place) - (places[index - 1] as Place)
    const count = (counts.get(distance) ?? 0) + 1
    counts.set(distance, count)
    if (distance > 0 && count > most) [value, most] = [distance, count]
  }
  const at = new Map(places.map((place, index) => [place, index]))
  return { heard, track, at, value, even: most / Math.max(1, places.length - 1) }
}

/** All that is weighed of a guess. */
export function evidenceOf(heard: HeardTrack, guess: Guess): Evidence {
  return {
    ...tempoEvidence(heard, guess),
    ...accentEvidence(heard, guess),
    ...repetitionEvidence(heard, guess),
    ...formEvidence(guess),
    ...startEvidence(heard, guess),
  }
}

/** Is it a tempo to play such notes at? A walking bass is fast, a line of sixteenths slow. */
function tempoEvidence({ heard: { notes }, track, value, even }: HeardTrack, guess: Guess): Evidence {
  const pulses = -guess.start / perPulse
  const pulse = (track.end - guess.startAt) / pulses
  const tempo = Math.log(60 / pulse / 110)
  const density = Math.log(notes.length / pulses)
  const name = value > 15 ? 'long' : value > 9 ? 'quarter' : value > 5 ? 'eighth' : 'short'
  const length = Math.log(((value / perPulse) * pulse) / 0.3)
  const repeated = notes.filter(({ pitch }, index) => pitch === notes[index - 1]?.pitch).length
  const sure = notes.length / (notes.length + 8)
  return {
    cost: track.cost / (1 + notes.length / 60),
    tempo,
    'tempo²': tempo ** 2,
    'compound tempo': pulseBeats(guess.levels.metre) > 1 ? tempo : 0,
    density,
    'density²': density ** 2,
    [name]: 1,
    [`${name} length`]: length,
    [`${name} length²`]: length ** 2,
    [`${name} repeated`]: sure * (repeated / Math.max(1, notes.length - 1) - 0.4),
    [`${name} even`]: sure * (even - 0.7),
  }
}

/** Do notes fall on the strong places, and are those long and low, and do pitches change there? */
function accentEvidence({ heard, track }: HeardTrack, { levels: { of, slots }, measures, start }: Guess): Evidence {
  const { notes, long, low } = heard
  const length = of.length
  const sums = new Map<Level, { on: number; long: number; low: number; changes: number }>()
  let changes = 0
  for (let index = 0; index < notes.length; index++) {
    const level = of[(((track.places[index] as Place) - start) % length + length) % length] as Level
    const sum = sums.get(level) ?? { on: 0, long: 0, low: 0, changes: 0 }
    sums.set(level, sum)
    const changed = index > 0 && notes[index]?.pitch !== notes[index - 1]?.pitch ? 1 : 0
    sum.on++
    sum.long += long[index] as number
    sum.low += low[index] as number
    sum.changes += changed
    changes += changed
  }
  // What repeats all through a take says little more than once.
  const scale = 1 / (1 + notes.length / 24)
  const evidence: Record<string, number> = {}
  for (const [level, sum] of sums) {
    evidence[`on ${level}`] = scale * sum.on
    if (level !== 'downbeat' && level !== 'group') continue
    const root = Math.sqrt(1 + sum.on)
    evidence[`long on ${level}`] = sum.long / root
    evidence[`low on ${level}`] = sum.low / root
    evidence[`change on ${level}`] = (sum.changes - (sum.on * changes) / notes.length) / root
  }
  for (const [level, count] of slots) {
    evidence[`none on ${level}`] = scale * Math.max(0, measures * count - (sums.get(level)?.on ?? 0))
  }
  return evidence
}

/** Does a measure do what the one before did? */
function repetitionEvidence({ heard: { notes }, track: { places }, at }: HeardTrack, { levels }: Guess): Evidence {
  const lag = levels.of.length
  let [pairs, rhythm, pitch] = [0, 0, 0]
  for (let index = 0; index < places.length && (places[index] as Place) + lag < 0; index++) {
    pairs++
    const again = at.get((places[index] as Place) + lag)
    if (again === undefined) continue
    rhythm++
    if (notes[again]?.pitch === notes[index]?.pitch) pitch++
  }
  return { 'rhythm again': (rhythm + 2) / (pairs + 4), 'pitch again': (pitch + 1) / (pairs + 4) }
}

/** Is it a form to play in? */
function formEvidence({ levels: { metre }, measures }: Guess): Evidence {
  return {
    [`${metre.numerator}/${metre.denominator}`]: 1,
    'one measure': Number(measures === 1),
    'power of two': Number((measures & (measures - 1)) === 0),
    fours: Number(measures % 4 === 0),
    odd: Number(measures > 1 && measures % 2 === 1),
    measures: Math.log(measures),
  }
}

/** Does beat one go with the first press and the first note? */
function startEvidence({ heard, track, at }: HeardTrack, { levels, start, startAt }: Guess): Evidence {
  const first = track.places[0] as Place
  const rest = Math.max(0, first - start) / perPulse
  const pickup = Math.max(0, start - first) / perPulse
  const near = (seconds: Seconds) => Math.exp(-((seconds / 0.07) ** 2) / 2)
  const onPress = near(startAt - heard.from)
  return {
    'one on press': onPress,
    'one before press': Math.min(1, Math.max(0, 4 * (heard.from - startAt - 0.1))),
    'one is played': Number(at.has(start)),
    rest: Number(rest > 0),
    'rest, not on press': Number(rest > 0) * (1 - onPress),
    'rest length': Math.min(4, rest),
    pickup: Number(pickup > 0),
    'pickup length': Math.min(4, pickup),
    'pickup on press': Number(pickup > 0) * near((heard.notes[0]?.at ?? 0) - heard.from),
    'pickup, share of measure': (pickup * perPulse) / levels.of.length,
  }
}

function standardised(values: readonly number[], least: number): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
  return values.map((value) => (value - mean) / Math.max(least, Math.sqrt(variance)))
}
