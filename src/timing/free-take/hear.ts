import type { Seconds } from '../timeline.ts'
import { type BeatTrack, type Place, perPulse } from './beat-tracks.ts'
import type { FreeNote } from './take.ts'

/** What is heard of a take once, for all guesses. */
export type Heard = {
  /** The first press. */
  readonly from: Seconds
  /** An onset each, in rising order. */
  readonly notes: readonly FreeNote[]
  /** How much longer, lower and louder each is than the others, in standard deviations. */
  readonly longer: readonly number[]
  readonly lower: readonly number[]
  readonly louder: readonly number[]
  /** How common each one's pitch class is: 1 for the commonest. */
  readonly common: readonly number[]
  /** Whether the pitch has changed, as 0 or 1; the share of notes where it has, and of those where it has not. */
  readonly changes: readonly number[]
  readonly changed: number
  readonly repeated: number
  /** A short distance between onsets, and one in the middle. */
  readonly shortGap: Seconds
  readonly middleGap: Seconds
}

/** What is heard of a way to count its pulses. */
export type HeardTrack = {
  readonly heard: Heard
  readonly track: BeatTrack
  /** The onset at a place; undefined where none is. */
  at(place: Place): number | undefined
  /** What is played again so much later. */
  again(lag: Place): Again
  /** The commonest distance between onsets. */
  readonly value: Place
  /** The share of the distances that are. */
  readonly even: number
}

/** The share of onsets, pitches and steps that come again after a time; about a half where there is little to compare. */
type Again = { readonly rhythm: number; readonly pitch: number; readonly step: number }

/** Hears a take. @param notes in rising order, no two of them together. */
export function hear(from: Seconds, notes: readonly FreeNote[]): Heard {
  const sounding = notes.map(({ at, until }, index) => Math.min(until, notes[index + 1]?.at ?? until) - at)
  const longer = standardised(
    sounding.map((seconds) => Math.log(Math.max(0.05, seconds))),
    0.2,
  )
  const lower = standardised(
    notes.map(({ pitch }) => -pitch),
    2,
  )
  const louder = standardised(
    notes.map(({ velocity }) => velocity),
    4,
  )
  const changes = notes.map(({ pitch }, index) => Number(index > 0 && pitch !== notes[index - 1]?.pitch))
  const changed = changes.reduce((sum, change) => sum + change, 0)
  const others = Math.max(1, notes.length - 1)
  const counts = Array<number>(12).fill(0)
  for (const { pitch } of notes) counts[pitch % 12] = (counts[pitch % 12] as number) + 1
  const most = Math.max(...counts)
  const gaps = notes.slice(1).map(({ at }, index) => at - (notes[index]?.at ?? at))
  gaps.sort((a, b) => a - b)
  const gap = (share: number) => Math.max(0.05, gaps[Math.floor(gaps.length * share)] ?? 0.5)
  return {
    from,
    notes,
    longer,
    lower,
    louder,
    common: notes.map(({ pitch }) => (counts[pitch % 12] as number) / most),
    changes,
    changed: changed / Math.max(1, notes.length),
    repeated: (others - changed) / others,
    shortGap: gap(0.15),
    middleGap: gap(0.5),
  }
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
  const onsets = new Map(places.map((place, index) => [place, index]))
  const at = (place: Place) => onsets.get(place)
  const known = new Map<Place, Again>()
  const again = (lag: Place) => {
    const found = known.get(lag) ?? repetition(heard.notes, places, at, lag)
    known.set(lag, found)
    return found
  }
  return { heard, track, at, again, value, even: most / Math.max(1, places.length - 1) }
}

/** How many notes say enough of what repeats. */
const enough = 400

function repetition(
  notes: readonly FreeNote[],
  places: readonly Place[],
  at: (place: Place) => number | undefined,
  lag: Place,
): Again {
  let [pairs, rhythm, pitch, step] = [0, 0, 0, 0]
  for (let index = Math.max(0, places.length - enough); index < places.length; index++) {
    const place = places[index] as Place
    if (place + lag >= 0) break
    pairs++
    const again = at(place + lag)
    if (again === undefined) continue
    rhythm++
    const [now, then] = [notes[index] as FreeNote, notes[again] as FreeNote]
    if (now.pitch === then.pitch) pitch++
    const [next, nextThen] = [notes[index + 1], notes[again + 1]]
    if (next && nextThen && next.pitch - now.pitch === nextThen.pitch - then.pitch) step++
  }
  const share = (count: number) => (count + 1) / (pairs + 2)
  return { rhythm: share(rhythm), pitch: share(pitch), step: share(step) }
}

function standardised(values: readonly number[], least: number): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
  return values.map((value) => (value - mean) / Math.max(least, Math.sqrt(variance)))
}
