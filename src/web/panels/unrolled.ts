import { type Groove, sortHits } from '../../groove/index.ts'
import { type Metre, measureBeats, mod, type Note, stepsPerMeasure } from '../../music/index.ts'
import { fitGroove, fitNotes, gridBeat } from '../../session/fit.ts'
import type { Loop } from '../../session/state.ts'

/** So many measures, and which of the form's is their first. */
type Span = { readonly metre: Metre; readonly measures: number; readonly start: number }

/** The notes of a loop from measure to measure, as they go round in these. */
export function lineOf(loop: Loop, { metre, measures, start }: Span): Note[] {
  const length = loop.measures * measureBeats(metre)
  const later = (loop.phase - start) * measureBeats(metre)
  const notes = fitNotes(loop, metre).map((note) => {
    const place = gridBeat(note.beat)
    return { ...note, beat: mod(place + later, length) + note.beat - place }
  })
  return passes(measures / loop.measures).flatMap((pass) =>
    notes.map((note) => ({ ...note, beat: note.beat + pass * length })),
  )
}

/** The strokes of a groove, whose first measure is the form's, as they go round in these. */
export function grooveOf(groove: Groove, { metre, measures, start }: Span): Groove {
  const { hits, measures: once } = fitGroove(groove, metre)
  const length = once * stepsPerMeasure(metre)
  const steps = hits.map((hit) => ({ ...hit, step: mod(hit.step - start * stepsPerMeasure(metre), length) }))
  const all = passes(measures / once).flatMap((pass) =>
    steps.map((hit) => ({ ...hit, step: hit.step + pass * length })),
  )
  return { metre, measures, hits: sortHits(all) }
}

/** As often as something shorter goes round in something longer, the last time perhaps in part. */
function passes(times: number): number[] {
  return Array.from({ length: Math.ceil(times) }, (_, pass) => pass)
}
