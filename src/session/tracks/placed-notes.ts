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
  sixteenths,
  stepBeat,
} from '../../music/index.ts'
import { swungIn, type TransportState } from '../transport/index.ts'
import type { Loop } from './material.ts'

/**
 * The grids that loops are put on: sixteenths, eighth triplets, what is heard in each beat of the playing, or none. Where
 * there is none, notes stay where they were played, and belong to the sixteenths that they are nearest to.
 */
export const gridNames = ['auto', 'sixteenths', 'triplets', 'off'] as const
/** A grid, by its name. */
type GridName = (typeof gridNames)[number]

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

/** What decides where notes are put: the grid, and the swing that its places sound with. */
export type GridSettings = Pick<TransportState['settings'], 'swing' | 'swing-sixteenths'> & { readonly grid: GridName }

/** The notes of a loop, each with its place on a grid. They are remembered as long as the loop's notes are. */
export function placedNotes(loop: Loop, settings: GridSettings): readonly PlacedNote[] {
  const known = placed.get(loop.notes)
  if (known && known.metre === loop.metre && isSameGrid(known.settings, settings)) return known.notes
  const notes = placeNotes(loop, settings)
  placed.set(loop.notes, { settings, metre: loop.metre, notes })
  return notes
}

/** Whether notes are put on the same places. */
export function isSameGrid(a: GridSettings, b: GridSettings): boolean {
  return a.grid === b.grid && a.swing === b.swing && a['swing-sixteenths'] === b['swing-sixteenths']
}

type Placed = { readonly settings: GridSettings; readonly metre: Metre; readonly notes: readonly PlacedNote[] }
const placed = new WeakMap<Loop['notes'], Placed>()

function placeNotes({ metre, measures, notes }: Loop, settings: GridSettings): PlacedNote[] {
  const length = measures * measureBeats(metre)
  const sounding = soundingIn(metre, settings)
  const divisions = divisionsOf(notes, metre, settings, sounding)
  const places = { 3: eighthTriplets, even: sixteenths }
  return notes.map((note) => {
    const { beat: start, phase } = inBeat(note.beat, metre)
    const division = divisions(start)
    if (division === 4) return { ...note, place: gridBeat(note.beat) }
    const grid = places[division]
    const from = division === 3 ? phase : sounding(note.beat) - start
    const place = Math.min(nextMeasure(start, metre), start + stepBeat(nearestStep(from, grid), grid))
    // What is nearer to a triplet at the loop's end stays in it.
    return { ...note, place: place < length ? place : gridBeat(note.beat) }
  })
}

/** Where places of a loop's straight grid sound, from its start. */
function soundingIn(
  metre: Metre,
  { swing, 'swing-sixteenths': isOfSixteenths }: GridSettings,
): (place: Beats) => Beats {
  return (place) => swungIn({ beat: 0, metre }, place, { ratio: swing, pair: isOfSixteenths ? 0.5 : 1 })
}

/** How each beat is divided, by where it begins. */
function divisionsOf(
  notes: readonly Note[],
  metre: Metre,
  { grid }: GridSettings,
  sounding: (place: Beats) => Beats,
): (beat: Beats) => ReturnType<typeof hearBeat> {
  if (grid === 'triplets') return (beat) => (beat >= 0 ? 3 : 4)
  const inBeats = new Map<Beats, Beats[]>()
  for (const note of grid === 'auto' ? notes : []) {
    const { beat } = inBeat(note.beat, metre)
    const known = inBeats.get(beat)
    if (known) known.push(note.beat)
    else inBeats.set(beat, [note.beat])
  }
  const divisions = new Map(
    [...inBeats].map(([beat, some]) => {
      const [phases, heard] = [some, some.map(sounding)].map((places) => places.map((place) => place - beat))
      return [beat, hearBeat(phases ?? [], heard)]
    }),
  )
  return (beat) => (beat >= 0 ? (divisions.get(beat) ?? 4) : 4)
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
