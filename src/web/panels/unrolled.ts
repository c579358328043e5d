import { type Groove, onSixteenths, sortHits } from '../../groove/index.ts'
import { type Metre, measureBeats, mod, type Note, stepsPerMeasure } from '../../music/index.ts'
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

/** The hits of a groove that starts with the form, repeated through some measures, on sixteenths. */
export function grooveOf(groove: Groove, { metre, measures, start }: Span): Groove {
  const { hits, measures: once } = fitGroove(onSixteenths(groove), metre)
  const length = once * stepsPerMeasure(metre)
  const steps = hits.map((hit) => ({ ...hit, step: mod(hit.step - start * stepsPerMeasure(metre), length) }))
  const all = passes(measures / once).flatMap((pass) =>
    steps.map((hit) => ({ ...hit, step: hit.step + pass * length })),
  )
  return { metre, measures, hits: sortHits(all) }
}

/** The repetitions of something shorter in something longer; the last one may be cut. */
function passes(times: number): number[] {
  return Array.from({ length: Math.ceil(times) }, (_, pass) => pass)
}
