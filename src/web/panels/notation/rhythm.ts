import { type Beats, type Metre, type MidiPitch, type Note, sixteenths } from '../../../music/index.ts'
import {
  eighth,
  hasTriplets,
  measureTicks,
  noteValues,
  sixteenth,
  type Ticks,
  ticksPerBeat,
  tripletEighth,
} from './measure.ts'

/** A note value in a measure, with its pitches; a rest without any. */
export type Written = {
  /** From the measure's start. */
  readonly from: Ticks
  readonly ticks: Ticks
  /** Rising. */
  readonly pitches: readonly MidiPitch[]
  /** Whether it is tied to the next value. */
  readonly tied: boolean
  /** Whether it is tied to the value before. */
  readonly goesOn: boolean
  readonly triplet: boolean
}

/** The measures in which a line is written. */
export type Writing = {
  readonly metre: Metre
  /** Notes that start after them are left out. */
  readonly measures: number
  /** Places where a value has to start, because something is written above it. */
  readonly cuts?: readonly Beats[]
}

/**
 * Writes a line of notes as full measures. Onsets go to the nearest sixteenth or, in a beat that is nearer to a triplet, to
 * the nearest triplet eighth. Rests shorter than an eighth are articulation, and are left out. A note ends where the next
 * one starts.
 *
 * @param notes their beats count from the start of a measure.
 */
export function writeRhythm(notes: readonly Note[], { metre, measures, cuts = [] }: Writing): Written[][] {
  const grid = new Grid(notes, metre)
  const length = measureTicks(metre)
  const cutAt = cuts.map((beat) => grid.nearest(beat))
  const written: Written[][] = Array.from({ length: measures }, () => [])
  for (const chord of withRests(chordsOf(notes, grid, measures * length), measures * length)) {
    const rests = chord.pitches.length === 0
    let { from } = chord
    while (from < chord.to) {
      const measure = Math.floor(from / length)
      const start = measure * length
      const stops = [start + length, grid.tripletEdge(from), ...cutAt.filter((cut) => cut > from), chord.to]
      const to = Math.min(...stops)
      const triplet = grid.isTriplet(from) && to - from < ticksPerBeat
      for (const end of triplet ? [to - start] : noteValues(metre, from - start, to - start, rests)) {
        const ticks = start + end - from
        const tied = !rests && from + ticks < chord.to
        const goesOn = !rests && from > chord.from
        written[measure]?.push({ from: from - start, ticks, pitches: chord.pitches, tied, goesOn, triplet })
        from += ticks
      }
    }
  }
  return written
}

/** How many measures some notes take. One into which only the last note rings on is not counted. */
export function measuresFor(notes: readonly Note[], metre: Metre): number {
  const grid = new Grid(notes, metre)
  const length = measureTicks(metre)
  const counts = notes.map(({ beat, beats }) => {
    const from = grid.nearest(beat)
    return Math.max(Math.floor(from / length) + 1, Math.ceil((grid.end(from, beat + beats) - eighth) / length))
  })
  return Math.max(1, ...counts)
}

/** The places at which notes start and end: each beat has four or three. */
class Grid {
  readonly #triplets: ReadonlySet<number>
  readonly #endStep: Ticks

  constructor(notes: readonly Note[], metre: Metre) {
    this.#triplets = new Set(hasTriplets(metre) ? tripletBeats(notes) : [])
    this.#endStep = measureTicks(metre) % eighth === 0 ? eighth : sixteenth
  }

  /** The place nearest to a beat. */
  nearest(beat: Beats): Ticks {
    const step = this.#triplets.has(Math.floor(beat)) ? tripletEighth : sixteenth
    return Math.max(0, Math.round((beat * ticksPerBeat) / step) * step)
  }

  /** The written end of a key that went down at one place and up at another: on an eighth, if possible. */
  end(from: Ticks, up: Beats): Ticks {
    const step = (place: Ticks) => (this.isTriplet(place) ? tripletEighth : this.#endStep)
    const upStep = step(Math.floor(up) * ticksPerBeat)
    const next = (Math.floor(from / step(from)) + 1) * step(from)
    return Math.max(next, Math.ceil((up * ticksPerBeat) / upStep - lateKeyUp) * upStep)
  }

  isTriplet(place: Ticks): boolean {
    return this.#triplets.has(Math.floor(place / ticksPerBeat))
  }

  /** The next start or end of a triplet beat after a place: no note value crosses it. */
  tripletEdge(after: Ticks): Ticks {
    const beat = Math.floor(after / ticksPerBeat)
    if (this.#triplets.has(beat)) return (beat + 1) * ticksPerBeat
    return ticksPerBeat * Math.min(...[...this.#triplets].filter((each) => each > beat))
  }
}

/** A key that is released late by less than this share of a step was meant to be released on it. */
const lateKeyUp = 1 / 4

/** A beat is a triplet if that is nearer to what was played by this much. */
const muchNearer = 1 / 2

function tripletBeats(notes: readonly Note[]): number[] {
  const byBeat = new Map<number, Beats[]>()
  for (const { beat } of notes) {
    const whole = Math.floor(beat)
    byBeat.set(whole, [...(byBeat.get(whole) ?? []), beat - whole])
  }
  const distance = (places: readonly Beats[], steps: number) =>
    places.reduce((sum, place) => sum + Math.abs(place - Math.round(place * steps) / steps), 0)
  return [...byBeat].flatMap(([beat, places]) =>
    distance(places, 3) < distance(places, sixteenths.stepsPerBeat) * muchNearer ? [beat] : [],
  )
}

/** Keys that start together, until they end together. */
type Chord = { readonly from: Ticks; readonly to: Ticks; readonly pitches: readonly MidiPitch[] }

function chordsOf(notes: readonly Note[], grid: Grid, end: Ticks): Chord[] {
  const onsets = new Map<Ticks, Note[]>()
  for (const note of notes) {
    const from = grid.nearest(note.beat)
    if (from < end) onsets.set(from, [...(onsets.get(from) ?? []), note])
  }
  const begins = [...onsets.keys()].sort((a, b) => a - b)
  return begins.map((from, index) => {
    const together = onsets.get(from) ?? []
    const next = begins[index + 1] ?? end
    const up = grid.end(from, Math.max(...together.map(({ beat, beats }) => beat + beats)))
    const pitches = [...new Set(together.map(({ pitch }) => pitch))].sort((a, b) => a - b)
    return { from, to: next - up < eighth ? next : up, pitches }
  })
}

/** Fills the gaps between chords. */
function withRests(chords: readonly Chord[], end: Ticks): Chord[] {
  const filled: Chord[] = []
  let at = 0
  for (const chord of [...chords, { from: end, to: end, pitches: [] }]) {
    if (chord.from > at) filled.push({ from: at, to: chord.from, pitches: [] })
    if (chord.to > chord.from) filled.push(chord)
    at = chord.to
  }
  return filled
}
