import { hearBeat } from '../../groove/index.ts'
import {
  type Beats,
  eighthTriplets,
  type Metre,
  type MidiPitch,
  measureBeats,
  mod,
  type Note,
  nearestStep,
  stepBeat,
} from '../../music/index.ts'
import type { Loop } from './material.ts'

/**
 * The grids that loops are put on: sixteenths, eighth triplets, what is heard in each beat of the playing, or none. Where
 * there is none, notes stay where they were played, and belong to the sixteenths that they are nearest to.
 */
export const gridNames = ['auto', 'sixteenths', 'triplets', 'off'] as const
/** A grid, by its name. */
export type GridName = (typeof gridNames)[number]

/** A note of a loop, and its place on the grid. A note that is early for beat one has its place there. */
export type PlacedNote = Note & { readonly place: Beats }

/** A pitch that is moved by semitones; past the ends of MIDI's range, to its next octave there. */
export function transposed(pitch: MidiPitch, by: number): MidiPitch {
  const moved = pitch + by
  if (moved < 0) return mod(moved, 12)
  return moved > 127 ? 116 + mod(moved - 116, 12) : moved
}

/** The sixteenth that a loop's note belongs to; the first may have been early, and belongs to beat one. */
export function gridBeat(beat: Beats): Beats {
  return Math.max(0, stepBeat(nearestStep(beat)))
}

/** The notes of a loop, each with its place on a grid. They are remembered as long as the loop's notes are. */
export function placedNotes(loop: Loop, grid: GridName): readonly PlacedNote[] {
  const known = placed.get(loop.notes)
  if (known?.grid === grid && known.metre === loop.metre) return known.notes
  const notes = placeNotes(loop, grid)
  placed.set(loop.notes, { grid, metre: loop.metre, notes })
  return notes
}

type Placed = { readonly grid: GridName; readonly metre: Metre; readonly notes: readonly PlacedNote[] }
const placed = new WeakMap<Loop['notes'], Placed>()

function placeNotes({ metre, measures, notes }: Loop, grid: GridName): PlacedNote[] {
  const length = measures * measureBeats(metre)
  const inTriplets = tripletBeats(notes, metre, grid)
  return notes.map((note) => {
    const { beat: start, phase } = inBeat(note.beat, metre)
    const third = Math.min(
      nextMeasure(start, metre),
      start + stepBeat(nearestStep(phase, eighthTriplets), eighthTriplets),
    )
    // What is nearer to a triplet at the loop's end stays in it.
    return { ...note, place: inTriplets(start) && third < length ? third : gridBeat(note.beat) }
  })
}

/** Which beats are divided into triplets, by where they begin. */
function tripletBeats(notes: readonly Note[], metre: Metre, grid: GridName): (beat: Beats) => boolean {
  if (grid === 'triplets') return (beat) => beat >= 0
  const phases = new Map<Beats, number[]>()
  for (const note of grid === 'auto' ? notes : []) {
    const { beat, phase } = inBeat(note.beat, metre)
    const known = phases.get(beat)
    if (known) known.push(phase)
    else phases.set(beat, [phase])
  }
  const inTriplets = new Set([...phases].flatMap(([beat, some]) => (beat >= 0 && hearBeat(some) === 3 ? [beat] : [])))
  return (beat) => inTriplets.has(beat)
}

/** The beat that something is in, counted from its measure's start, and how far into it. */
function inBeat(place: Beats, metre: Metre): { readonly beat: Beats; readonly phase: number } {
  const length = measureBeats(metre)
  const measure = Math.floor(place / length) * length
  const beat = measure + Math.floor(place - measure)
  return { beat, phase: place - beat }
}

function nextMeasure(beat: Beats, metre: Metre): Beats {
  const length = measureBeats(metre)
  return (Math.floor(beat / length) + 1) * length
}
