import {
  type Beats,
  type Chord,
  type Metre,
  type MidiPitch,
  measureBeats,
  type Note,
  nameChord,
  parseChord,
} from '../music/index.ts'
import { fitBeat, gridBeat } from './fit.ts'
import { formAt, measureStart } from './form.ts'
import type { ChartOnStand, Form, Loop, SessionState } from './state.ts'

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
export function harmonyAt({ transport, material }: SessionState, beat: Beats): Harmony {
  const form = formAt(transport, beat)
  const { chart, chords } = material
  if (chart) return inCycle(chartCycle(chart, form.metre), beat - measureStart(form, chart.phase))
  if (chords) return inCycle(loopCycle(chords, form), beat - measureStart(form, chords.phase))
  return noHarmony
}

/** Chords may change on any sixteenth. */
const chordGrid: Beats = 1 / 4

/** The changes of harmony from a beat on up to another, counted from the first, where a chord that goes on begins too. */
export function chordsBetween(state: SessionState, from: Beats, to: Beats): ChordChange[] {
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
  const place = ((beat % length) + length) % length
  const found = changes.findLastIndex((change) => change.beat <= place)
  const index = found < 0 ? changes.length - 1 : found
  const chord = changes[index]?.chord ?? null
  for (let step = 1; step <= changes.length; step++) {
    const next = changes[(index + step) % changes.length] as ChordChange
    const ahead = (((next.beat - place) % length) + length) % length
    if (ahead > farthestChord) break
    if (next.chord && next.chord.symbol !== chord?.symbol) {
      return { chord, nextChord: next.chord, beatsToNextChord: ahead }
    }
  }
  return { chord, nextChord: null, beatsToNextChord: 0 }
}

function chartCycle({ chart }: ChartOnStand, metre: Metre): Cycle {
  return remembered(chart, metre, () => {
    const length = measureBeats(metre)
    const changes = chart.flatMap((chords, measure) =>
      chords.map((chord, index) => ({ beat: (measure + index / chords.length) * length, chord })),
    )
    return { length: chart.length * length, changes }
  })
}

function loopCycle(loop: Loop, { metre }: Form): Cycle {
  return remembered(loop, metre, () => {
    const changes = recogniseChords(loop).flatMap(({ beat, chord }) => {
      const fitted = fitBeat(beat, loop.metre, metre)
      return fitted === null ? [] : [{ beat: fitted, chord }]
    })
    return { length: loop.measures * measureBeats(metre), changes }
  })
}

/** Makes a cycle once for a chart or a loop in its latest metre. */
function remembered(of: object, metre: Metre, make: () => Cycle): Cycle {
  const known = cycles.get(of)
  if (known?.metre === metre) return known.cycle
  const cycle = make()
  cycles.set(of, { metre, cycle })
  return cycle
}

const cycles = new WeakMap<object, { metre: Metre; cycle: Cycle }>()

/**
 * The chords of a loop, beat by beat. Keys that sound for a good part of a beat, or are struck ahead of it, make its
 * chord; where they have no name, a broken chord may: all that is struck in the measure. Else the chord before goes on.
 */
export function recogniseChords({ metre, measures, notes }: Loop): ChordChange[] {
  const length = measureBeats(metre)
  const changes: ChordChange[] = []
  for (let measure = 0; measure < measures; measure++) {
    const found = chordsOfMeasure(notes, measure * length, length)
    for (const change of found) {
      if (change.chord?.symbol !== changes.at(-1)?.chord?.symbol) changes.push(change)
    }
  }
  return changes
}

function chordsOfMeasure(notes: readonly Note[], start: Beats, length: Beats): ChordChange[] {
  const byBeat: ChordChange[] = []
  for (let place = 0; place < length; place++) {
    const beat = start + place
    const chord = named(keysDown(notes, beat, Math.min(beat + 1, start + length)))
    if (chord) byBeat.push({ beat, chord })
  }
  if (byBeat.length > 0) return byBeat
  const broken = named(notes.filter(({ beat }) => gridBeat(beat) >= start && gridBeat(beat) < start + length))
  return broken ? [{ beat: start, chord: broken }] : []
}

/** An anticipation belongs to the beat that it is pushed ahead of, if it is held into it. */
const ahead: Beats = 1 / 2

/** What sounds for this long in a beat is part of its chord. */
const heard: Beats = 1 / 4

function keysDown(notes: readonly Note[], from: Beats, to: Beats): Note[] {
  return notes.filter(({ beat, beats }) => {
    const onset = gridBeat(beat)
    const end = beat + beats
    const pushedOn = onset < to && onset >= to - ahead && end > to
    return !pushedOn && Math.min(end, to) - Math.max(onset, from) >= Math.min(heard, beats)
  })
}

function named(notes: readonly { readonly pitch: MidiPitch }[]): Chord | null {
  const name = nameChord(notes.map(({ pitch }) => pitch))
  return name === null ? null : parseChord(name)
}
