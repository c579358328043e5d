import {
  type Beats,
  type Chord,
  type Metre,
  metreText,
  mod,
  parseMetre,
  readChart,
  rounding,
} from '../../music/index.ts'
import { transposedChart } from '../tracks/index.ts'
import { formAt, measureAt } from '../transport/index.ts'
import { currentSection } from './set-list.ts'
import type { Section } from './song.ts'
import type { SongsState } from './state.ts'

/** A measure of the form that is played. */
export type FormMeasure = {
  /** The name of the section that begins with it. */
  readonly section: string | null
  readonly metre: Metre
  /** They share the measure; null where there is no chord. */
  readonly chords: readonly (Chord | null)[]
}

/** The chart that is played, or all charts of the sections that follow each other by themselves. */
export type PlayedForm = {
  readonly measures: readonly FormMeasure[]
  /** The measure with which the present chart begins, and how many it has. */
  readonly start: number
  readonly length: number
  /** How many the last chart has. */
  readonly last: number
}

type State = Pick<SongsState, 'songs' | 'material' | 'transport' | 'settings'>

/** The form that is played; null without a chart. */
export function playedForm({ songs, material, transport, settings }: State): PlayedForm | null {
  const { chart } = material
  if (!chart) return null
  const by = settings.transpose
  const section = currentSection(songs)
  const isOfSection = section?.leave === 'end' && section.chart === chart.text
  if (!section || !isOfSection) {
    const measures = measuresOf(chart.chart, chart.text, transport.form.metre, by)
    return { measures, start: 0, length: measures.length, last: measures.length }
  }
  const known = wholes.get(section)
  const counted = transport.form.metre
  if (known?.by === by && known.songs === songs.list && known.counted === counted) return known.form
  const sections = songs.list[songs.song]?.sections ?? []
  const first = sections.findLastIndex((each, index) => index < songs.section && !hasEnd(each)) + 1
  const after = sections.findIndex((each, index) => index > songs.section && !hasEnd(each))
  const run = sections.slice(first, after < 0 ? sections.length : after)
  let metre = counted
  const place = songs.section - first
  const parts = run.map((each, index) => {
    if (each.metre !== undefined && each.metre !== metreText(metre)) metre = parseMetre(each.metre)
    // A performer may have called for another metre than that of the section.
    return measuresOf(each, each.chart ?? '', index === place ? counted : metre, by)
  })
  const start = parts.slice(0, place).reduce((sum, { length }) => sum + length, 0)
  const [length, last] = [parts[place]?.length ?? 0, parts.at(-1)?.length ?? 0]
  const form = { measures: parts.flat(), start, length, last }
  wholes.set(section, { by, songs: songs.list, counted, form })
  return form
}

/** The form of a section that is one of several, as it was asked for last: screens ask in each frame. */
const wholes = new WeakMap<
  Section,
  { readonly by: number; readonly songs: unknown; readonly counted: Metre; readonly form: PlayedForm }
>()

/** The measure of the played form that sounds at a beat, from 0. */
export function formMeasureAt({ transport, material }: State, { start, length }: PlayedForm, beat: Beats): number {
  const form = formAt(transport, beat)
  const { measure } = measureAt(form, Math.max(beat, form.beat) + rounding)
  return start + mod(measure - (material.chart?.phase ?? 0), Math.max(1, length))
}

function hasEnd({ leave, chart }: Section): boolean {
  return leave === 'end' && typeof chart === 'string'
}

/** The measures of a chart, read once for as long as what it belongs to lasts. */
function measuresOf(of: object, text: string, metre: Metre, by: number): readonly FormMeasure[] {
  const known = forms.get(of)
  if (known?.by === by && known.metre === metre) return known.measures
  const read = readChart(text).measures
  const chart = transposedChart(
    read.map(({ chords }) => chords),
    by,
  )
  const measures = read.map(({ section }, index) => ({ section, metre, chords: chart[index] ?? [] }))
  forms.set(of, { by, metre, measures })
  return measures
}

type Read = { readonly by: number; readonly metre: Metre; readonly measures: readonly FormMeasure[] }

const forms = new WeakMap<object, Read>()
