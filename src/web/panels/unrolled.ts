import { type Groove, grooveSteps, sortHits } from '../../groove/index.ts'
import { type Metre, measureBeats, mod, type Note } from '../../music/index.ts'
import { fitGroove, fitNotes, type GridSettings, type Loop } from '../../session/index.ts'

/** Some measures, and which measure of the form comes first. */
type Span = { readonly metre: Metre; readonly measures: number; readonly start: number }

/** The notes of a loop, repeated through some measures. */
export function lineOf(loop: Loop, { metre, measures, start }: Span, settings: GridSettings): Note[] {
  const length = loop.measures * measureBeats(metre)
  const later = (loop.phase - start) * measureBeats(metre)
  const notes = fitNotes(loop, metre, settings).map(({ place, ...note }) => ({
    ...note,
    beat: mod(place + later, length) + note.beat - place,
  }))
  return passes(measures / loop.measures).flatMap((pass) =>
    notes.map((note) => ({ ...note, beat: note.beat + pass * length })),
  )
}

/** The hits of a groove that starts with the form, repeated through some measures. */
export function grooveOf(groove: Groove, { metre, measures, start }: Span): Groove {
  const fitted = fitGroove(groove, metre)
  const { hits, measures: once } = fitted
  const perMeasure = grooveSteps(fitted)
  const length = once * perMeasure
  const steps = hits.map((hit) => ({ ...hit, step: mod(hit.step - start * perMeasure, length) }))
  const all = passes(measures / once).flatMap((pass) =>
    steps.map((hit) => ({ ...hit, step: hit.step + pass * length })),
  )
  return { ...fitted, measures, hits: sortHits(all) }
}

/** The repetitions of something shorter in something longer; the last one may be cut. */
function passes(times: number): number[] {
  return Array.from({ length: Math.ceil(times) }, (_, pass) => pass)
}
