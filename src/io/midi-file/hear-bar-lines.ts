import { type Beats, type Metre, measureBeats, mod } from '../../music/index.ts'
import { isPercussion } from './part-traits.ts'
import type { MidiPart } from './read-parts.ts'

/** What begins measures more often than it falls elsewhere: crash cymbals, long notes, and parts that come in. */
type Signs = { readonly crashes: Beats[]; readonly longNotes: Beats[]; readonly entrances: Beats[] }

/** The signs of a kind by their places in the measure, and how many they are. */
type Places = { readonly at: ReadonlyMap<number, readonly Beats[]>; readonly count: number }

/** General MIDI's crash, splash and Chinese cymbals. */
const crashes = [49, 52, 55, 57]

/** How far apart two places are that are told apart. */
const placesPerBeat = 4

/** Fewer signs of a kind say nothing. */
const enough = 3
/** With fewer, chance decides where most of them are. */
const many = 12
/** How many of one kind are enough where there are no others. */
const plenty = 30

/** Sixteenths that are this much off the beat, all by the same, are a grid that lies elsewhere. */
const offBeat: Beats = 1 / 12
const alike = 0.8

/**
 * How long after a file's own bar lines the music's come, 0 where they are the same: some files begin with a pickup and
 * don't say so, or were recorded off their beats. Only clear cases count: two kinds of signs agree, or one is certain,
 * and few signs are on the file's own lines. Of 781 public files it is heard in 14.
 *
 * @param areUnknown the file's own bar lines mean nothing: the likeliest are better than none.
 */
export function barLineShift(parts: readonly MidiPart[], metre: Metre, areUnknown = false): Beats {
  const length = measureBeats(metre)
  const places = Math.round(length * placesPerBeat)
  const off = gridShift(parts)
  const kinds = Object.values(signsOf(parts, length)).map((beats) => placesOf(beats, off, places))
  const telling = kinds.filter(({ count }) => count >= enough)
  const share = (place: number) =>
    telling.reduce((sum, { at, count }) => sum + (at.get(place)?.length ?? 0) / count, 0) / telling.length
  let best = 0
  const step = areUnknown ? placesPerBeat : 1
  for (let place = step; place < places; place += step) if (share(place) > share(best)) best = place
  const isCertain =
    telling.length > 1
      ? share(best) >= 0.5 && share(best) >= 2.5 * share(0) && telling.every((kind) => leads(kind, best))
      : telling.every(({ count }) => count >= plenty) && share(best) >= 0.75 && share(0) < 0.1
  if (best === 0 || !(isCertain || areUnknown)) return off < offBeat ? 0 : rounded(off)
  const exact = telling.flatMap(({ at }) => at.get(best) ?? []).sort((a, b) => a - b)
  return rounded(mod(exact[exact.length >> 1] as Beats, length))
}

/** The nearest sixteenth or triplet, if it is near. */
function rounded(beats: Beats): Beats {
  const nearest = Math.round(12 * beats) / 12
  return Math.abs(nearest - beats) < 0.03 ? nearest : Math.round(100 * beats) / 100
}

/** How far a grid of sixteenths on which nearly all notes lie is off the file's own; 0 where they lie on none. */
function gridShift(parts: readonly MidiPart[]): Beats {
  const { share, angle } = gathered(parts, 4)
  if (share < alike) return 0
  // Rather late than early: hands are.
  return mod(angle / (2 * Math.PI * 4) + offBeat, 1 / 4) - offBeat
}

/** Steps a beat of the grids that music is on. */
const divisions = [3, 4, 6, 8]

/** Fewer notes tell nothing of a grid. */
const notesOfGrid = 100

/**
 * How much a song's notes gather on sixteenths or triplets of its file's beats, or on halves of them: 1 where all do, 0
 * where they lie anywhere; null where there are too few to tell.
 */
export function shareOnBeats(parts: readonly MidiPart[]): number | null {
  const count = parts.reduce((sum, { notes }) => sum + notes.length, 0)
  return count < notesOfGrid ? null : Math.max(...divisions.map((steps) => gathered(parts, steps).share))
}

/**
 * Whether notes lie anywhere between a file's beats: they were played without a click, or at another tempo than the file
 * says.
 */
export function isOffItsBeats(parts: readonly MidiPart[]): boolean {
  return (shareOnBeats(parts) ?? 1) < 0.15
}

/** How much notes gather around one place of a grid of so many steps a beat, from 0 to 1, and which (circular mean). */
function gathered(parts: readonly MidiPart[], perBeat: number): { share: number; angle: number } {
  let [along, across, count] = [0, 0, 0]
  for (const { notes } of parts) {
    for (const { beat } of notes) {
      along += Math.cos(2 * Math.PI * perBeat * beat)
      across += Math.sin(2 * Math.PI * perBeat * beat)
      count++
    }
  }
  return { share: Math.hypot(along, across) / Math.max(1, count), angle: Math.atan2(across, along) }
}

/** Whether a quarter of a kind's signs are at a place, and of many nowhere else are more. */
function leads({ at, count }: Places, place: number): boolean {
  const here = at.get(place)?.length ?? 0
  return 4 * here >= count && (count < many || [...at.values()].every((beats) => beats.length <= here))
}

/** The places of signs in measures of so many places; signs between two of them are left out. */
function placesOf(beats: readonly Beats[], off: Beats, places: number): Places {
  const at = new Map<number, Beats[]>()
  let count = 0
  for (const beat of beats) {
    const exact = (beat - off) * placesPerBeat
    if (Math.abs(exact - Math.round(exact)) > 0.4) continue
    const place = mod(Math.round(exact), places)
    const here = at.get(place) ?? []
    at.set(place, here)
    here.push((place + exact - Math.round(exact)) / placesPerBeat + off)
    count++
  }
  return { at, count }
}

function signsOf(parts: readonly MidiPart[], length: Beats): Signs {
  const signs: Signs = { crashes: [], longNotes: [], entrances: [] }
  for (const part of parts) {
    const isKit = isPercussion(part)
    let [onset, end] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const { pitch, beat, beats } of part.notes) {
      if (isKit && crashes.includes(pitch)) signs.crashes.push(beat)
      // Of a chord one note counts.
      if (!isKit && beats >= 0.45 * length && beat > onset + 0.1) signs.longNotes.push(beat)
      if (beat >= end + length) signs.entrances.push(beat)
      onset = beat
      end = Math.max(end, beat + beats)
    }
  }
  return signs
}
