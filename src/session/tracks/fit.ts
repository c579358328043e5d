import type { DrumHit, Groove } from '../../groove/index.ts'
import {
  type Beats,
  type Grid,
  type Metre,
  measureBeats,
  type Note,
  nearestStep,
  sixteenths,
  stepBeat,
  stepsPerMeasure,
} from '../../music/index.ts'
import { sameMetre } from '../transport/index.ts'
import type { Loop } from './material.ts'

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

/** The notes of a loop, as they fall in a metre. */
export function fitNotes({ metre, notes }: Loop, to: Metre): readonly Note[] {
  if (sameMetre(metre, to)) return notes
  return notes.flatMap((note) => {
    const straight = gridBeat(note.beat)
    const place = fitBeat(straight, metre, to)
    if (place === null) return []
    const beat = place + note.beat - straight
    return [{ ...note, beat, beats: fitEnd(note.beat + note.beats, straight, metre, to) - beat }]
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
  const [per, perFitted] = [stepsPerMeasure(groove.metre), stepsPerMeasure(to)]
  const hits = groove.hits.flatMap((hit): DrumHit[] => {
    const place = hit.step % per
    return place < perFitted ? [{ ...hit, step: Math.floor(hit.step / per) * perFitted + place }] : []
  })
  return { ...groove, metre: to, hits }
}

/** The place on the grid that a loop's note belongs to; the first may have been early, and belongs to beat one. */
export function gridBeat(beat: Beats, grid: Grid = sixteenths): Beats {
  return Math.max(0, stepBeat(nearestStep(beat, grid), grid))
}
