import { type DrumHit, type Groove, grooveSteps } from '../../groove/index.ts'
import { type Beats, type Metre, measureBeats } from '../../music/index.ts'
import { sameMetre } from '../transport/index.ts'
import type { Loop } from './material.ts'
import { type GridSettings, gridBeat, type PlacedNote, placedNotes } from './placed-notes.ts'

/**
 * Where something of one metre falls in another: in the same measure, as far from its start. Null where the other's
 * measure is over by then: it is not lost, and comes back with its metre.
 */
export function fitBeat(beat: Beats, from: Metre, to: Metre): Beats | null {
  const length = measureBeats(from)
  const measure = Math.max(0, Math.floor(beat / length))
  const place = beat - measure * length
  return place < measureBeats(to) ? measure * measureBeats(to) + place : null
}

/** Sixteenths, straight. */
const ofSixteenths: GridSettings = { grid: 'sixteenths', swing: 0.5, 'swing-sixteenths': false }

/** The notes of a loop on a grid, as they fall in a metre. */
export function fitNotes(loop: Loop, to: Metre, settings: GridSettings = ofSixteenths): readonly PlacedNote[] {
  const notes = placedNotes(loop, settings)
  const { metre } = loop
  if (sameMetre(metre, to)) return notes
  return notes.flatMap((note) => {
    const place = fitBeat(note.place, metre, to)
    if (place === null) return []
    const beat = place + note.beat - note.place
    return [{ ...note, place, beat, beats: fitEnd(note.beat + note.beats, note.place, metre, to) - beat }]
  })
}

/** Where a note ends that belongs to a beat of another metre: at the latest where the measure does in which it ended. */
function fitEnd(end: Beats, begun: Beats, from: Metre, to: Metre): Beats {
  const length = measureBeats(from)
  const measure = Math.max(Math.floor(begun / length), Math.ceil(gridBeat(end) / length) - 1)
  return measure * measureBeats(to) + Math.min(end - measure * length, measureBeats(to))
}

/** A groove, as it falls in a metre. */
export function fitGroove(groove: Groove, to: Metre): Groove {
  if (sameMetre(groove.metre, to)) return groove
  const [per, perFitted] = [grooveSteps(groove), grooveSteps({ ...groove, metre: to })]
  const hits = groove.hits.flatMap((hit): DrumHit[] => {
    const place = hit.step % per
    return place < perFitted ? [{ ...hit, step: Math.floor(hit.step / per) * perFitted + place }] : []
  })
  return { ...groove, metre: to, hits }
}
