import { leastForm } from '../../groove/index.ts'
import { type Beats, measureBeats, rounding } from '../../music/index.ts'
import { roundOf } from '../tracks/index.ts'
import { measureStart } from '../transport/index.ts'
import type { GroovesState } from './state.ts'

/** What a drummer goes through and begins again: the chart, or else as many passes of the bass as make a phrase. */
export type DrumForm = {
  /** How many measures after the form's start it begins; less than its length. */
  readonly phase: number
  readonly measures: number
  /** Its parts, as the chart names them or its chords tell them; null where it has none. */
  readonly chart: string | null
}

/** Longer charts are gone through as they come, the bass's pass after pass. */
const longest = 96

/** The form that the drummer plays; null where the groove is to go round as it is. */
export function drumForm({ material, settings }: GroovesState): DrumForm | null {
  const round = roundOf(material)
  if (!settings['drums-form'] || !round) return null
  const { chart } = material
  if (chart && chart.chart.length >= leastForm && chart.chart.length <= longest) {
    return { phase: chart.phase, measures: chart.chart.length, chart: chart.text }
  }
  const measures = round.measures * Math.ceil(leastForm / round.measures)
  return { phase: round.phase, measures, chart: null }
}

/** How many measures after the form's start the drums begin a pass: with the round that their groove is for, or with their loop. */
export function drumPhase(state: GroovesState, { phase }: Pick<DrumForm, 'phase'>): number {
  const { rounds, playing } = state.grooves
  const chosen = state.material.grooves[playing]
  const form = chosen ? drumForm(state) : null
  return form && form.measures === (rounds?.answer ?? chosen)?.plain.measures ? form.phase : phase
}

/** Where the round of a form begins that a beat is in, and how many measures after the form's start. */
export function roundAt(
  { transport: { form } }: Pick<GroovesState, 'transport'>,
  { phase, measures }: Pick<DrumForm, 'phase' | 'measures'>,
  beat: Beats,
): { readonly measure: number; readonly beat: Beats } {
  const length = measureStart(form, measures) - form.beat
  const start = measureStart(form, phase)
  const passed = Math.floor((beat - start) / length + rounding)
  return { measure: phase + passed * measures, beat: start + passed * length }
}

/** Where the drummer's round ends that comes to its end next, not before a beat. */
export function roundEnd(state: GroovesState, earliest: Beats): Beats {
  const form = drumForm(state)
  const begun = form ? roundAt(state, form, earliest).beat : earliest
  return form && begun < earliest ? begun + form.measures * measureBeats(state.transport.form.metre) : earliest
}
