import {
  type Beats,
  type Chord,
  type Metre,
  type MidiPitch,
  measureBeats,
  mod,
  nameChord,
  parseChord,
  pitchClass,
} from '../../music/index.ts'
import { formAt, measureAt, measureStart } from '../transport/index.ts'
import { fitBeat, gridBeat } from './fit.ts'
import type { Loop, PlacedChart } from './material.ts'
import type { TracksState } from './state.ts'

/** The chord that is heard from a beat on. */
export type ChordChange = { readonly beat: Beats; readonly chord: Chord | null }

/** Chords that go round: changes from beat 0 of a cycle, in rising order. */
type Cycle = { readonly length: Beats; readonly changes: readonly ChordChange[] }

/** What is known of the harmony at a beat. */
export type Harmony = {
  readonly chord: Chord | null
  /** The next chord that is another one, where it comes within {@link farthestChord}. */
  readonly nextChord: Chord | null
  readonly beatsToNextChord: Beats
}

/** A soloist looks no further ahead. */
const farthestChord: Beats = 16

const noHarmony: Harmony = { chord: null, nextChord: null, beatsToNextChord: 0 }

/** The harmony at a beat: that of the chart, or else of the chords that were played. */
export function harmonyAt({ transport, material }: Pick<TracksState, 'transport' | 'material'>, beat: Beats): Harmony {
  const form = formAt(transport, beat)
  const { measure: passed } = measureAt(transport.form, form.beat)
  const { chart } = material
  const { chords } = material.loops
  if (chart) return inCycle(chartCycle(chart, form.metre), beat - measureStart(form, chart.phase - passed))
  if (chords) return inCycle(loopCycle(chords, form.metre), beat - measureStart(form, chords.phase - passed))
  return noHarmony
}

/** Chords may change on any sixteenth. */
const chordGrid: Beats = 1 / 4

/** The changes of harmony from a beat on up to another, counted from the first, where a chord that goes on begins too. */
export function chordsBetween(
  state: Pick<TracksState, 'transport' | 'material'>,
  from: Beats,
  to: Beats,
): ChordChange[] {
  const changes: ChordChange[] = []
  for (let beat = 0; beat < to - from; beat += chordGrid) {
    const { chord } = harmonyAt(state, from + beat)
    const before = changes.at(-1)
    if (before ? before.chord?.symbol !== chord?.symbol : chord) changes.push({ beat, chord })
  }
  return changes
}

function inCycle({ length, changes }: Cycle, beat: Beats): Harmony {
  if (changes.length === 0) return noHarmony
  const place = mod(beat, length)
  const found = changes.findLastIndex((change) => change.beat <= place)
  const index = found < 0 ? changes.length - 1 : found
  const chord = changes[index]?.chord ?? null
  for (let step = 1; step <= changes.length; step++) {
    const next = changes[(index + step) % changes.length] as ChordChange
    const ahead = mod(next.beat - place, length)
    if (ahead > farthestChord) break
    if (next.chord && next.chord.symbol !== chord?.symbol) {
      return { chord, nextChord: next.chord, beatsToNextChord: ahead }
    }
  }
  return { chord, nextChord: null, beatsToNextChord: 0 }
}

function chartCycle({ chart }: PlacedChart, metre: Metre): Cycle {
  return remembered(chart, metre, () => {
    const length = measureBeats(metre)
    const changes = chart.flatMap((chords, measure) =>
      chords.map((chord, index) => ({ beat: (measure + index / chords.length) * length, chord })),
    )
    return { length: chart.length * length, changes }
  })
}

function loopCycle(loop: Loop, metre: Metre): Cycle {
  return remembered(loop.notes, metre, () => {
    const changes = chordsOf(loop).flatMap(({ beat, chord }) => {
      const fitted = fitBeat(beat, loop.metre, metre)
      return fitted === null ? [] : [{ beat: fitted, chord }]
    })
    return { length: loop.measures * measureBeats(metre), changes }
  })
}

/** Makes a cycle once for a chart, or for a loop's notes, in a metre. */
function remembered(of: object, metre: Metre, make: () => Cycle): Cycle {
  const known = cycles.get(of)?.get(metre)
  if (known) return known
  const cycle = make()
  cycles.set(of, (cycles.get(of) ?? new WeakMap<Metre, Cycle>()).set(metre, cycle))
  return cycle
}

const cycles = new WeakMap<object, WeakMap<Metre, Cycle>>()

/** The chords of a loop, recognised once for its notes. That takes longer than a key may wait: ask before one does. */
export function chordsOf(loop: Loop): readonly ChordChange[] {
  const known = recognised.get(loop.notes)
  if (known) return known
  const changes = recogniseChords(loop)
  recognised.set(loop.notes, changes)
  return changes
}

const recognised = new WeakMap<Loop['notes'], readonly ChordChange[]>()

/**
 * The chords of a loop, beat by beat: those that its metre has. Keys that sound for a good part of a beat, or are struck
 * ahead of it, make its chord; where they have no name, a broken chord may: all that is struck in the measure. Else the
 * chord before goes on.
 */
export function recogniseChords({ metre, measures, notes }: Loop): ChordChange[] {
  const length = measureBeats(metre)
  const beats = beatsOf(metre)
  const struck = notes.map(({ pitch, beat, beats }) => ({ pitch, onset: gridBeat(beat), end: beat + beats, beats }))
  const changes: ChordChange[] = []
  for (let measure = 0; measure < measures; measure++) {
    const start = measure * length
    const near = struck.filter(({ onset, end }) => onset <= start + length && Math.max(onset, end) >= start)
    for (const change of near.length === 0 ? [] : chordsOfMeasure(near, start, beats)) {
      if (change.chord?.symbol !== changes.at(-1)?.chord?.symbol) changes.push(change)
    }
  }
  return changes
}

/** A note of a loop, from its place on the grid to where it ended. */
type Struck = { readonly pitch: MidiPitch; readonly onset: Beats; readonly end: Beats; readonly beats: Beats }

/** Where the beats of a measure begin, and where it ends: a group of less than two quarters is one, as in 6/8. */
function beatsOf({ denominator, groups }: Metre): Beats[] {
  const beats: Beats[] = []
  let start = 0
  for (const units of groups) {
    const length = (units * 4) / denominator
    const quarters = Math.max(1, Math.floor(length))
    for (let quarter = 0; quarter < quarters; quarter++) beats.push(start + quarter)
    start += length
  }
  return [...beats, start]
}

function chordsOfMeasure(notes: readonly Struck[], start: Beats, beats: readonly Beats[]): ChordChange[] {
  const bounds = beats.map((beat) => start + beat)
  const byBeat = bounds.slice(1).flatMap((to, index) => {
    const beat = bounds[index] ?? start
    const chord = named(keysDown(notes, beat, to))
    return chord ? [{ beat, chord }] : []
  })
  if (byBeat.length > 0) return byBeat
  const end = bounds.at(-1) ?? start
  const broken = named(notes.filter(({ onset }) => onset >= start && onset < end))
  return broken ? [{ beat: start, chord: broken }] : []
}

/** An anticipation belongs to the beat that it is pushed ahead of, if it is held into it; it is no earlier than half way. */
const ahead: Beats = 1 / 2

/** What sounds for this long in a beat is part of its chord. */
const heard: Beats = 1 / 4

function keysDown(notes: readonly Struck[], from: Beats, to: Beats): Struck[] {
  const pushed = to - Math.min(ahead, (to - from) / 2)
  return notes.filter(({ onset, end, beats }) => {
    const pushedOn = onset < to && onset >= pushed && end > to
    return !pushedOn && Math.min(end, to) - Math.max(onset, from) >= Math.min(heard, beats)
  })
}

/** The chord that keys make. It is looked for once for the same pitch classes over the same lowest one. */
function named(keys: readonly { readonly pitch: MidiPitch }[]): Chord | null {
  if (keys.length < 3) return null
  const pitches = keys.map(({ pitch }) => pitch)
  const classes = pitches.reduce((set, pitch) => set | (1 << pitchClass(pitch)), 0)
  const sound = 12 * classes + pitchClass(Math.min(...pitches))
  const known = chords.get(sound)
  if (known !== undefined) return known
  const name = nameChord(pitches)
  const chord = name === null ? null : parseChord(name)
  chords.set(sound, chord)
  return chord
}

const chords = new Map<number, Chord | null>()
