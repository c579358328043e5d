import { grooveSteps, leastTripletSwing, roundFrom, triplets } from '../../groove/index.ts'
import { type Beats, mod } from '../../music/index.ts'
import type { GrooveAnswer, GrooveQuestion } from '../core/index.ts'
import type { DrumLoop } from '../tracks/index.ts'
import { sameMetre, swingOf } from '../transport/index.ts'
import { isInTriplets } from './drum-loop.ts'
import { type DrumForm, roundAt } from './form.ts'
import { chosenBandStyle } from './own-style.ts'
import type { GroovesState } from './state.ts'

/**
 * What the drum model is asked: the groove that the drums start from, for the round of a form that a beat is in, or without a
 * form for the loop; and how it is to be answered.
 */
export function grooveQuestion(
  state: GroovesState,
  { groove, phase, withBand }: DrumLoop,
  form: DrumForm | null,
  beat: Beats,
): Omit<GrooveQuestion, 'seed'> {
  const { temperature, tempo: bpm, style, triplets: mayBeTriplets } = state.settings
  const band = chosenBandStyle(state)
  const { ratio, pair } = swingOf(state)
  const swing = isInTriplets(state.material, groove.metre, state.settings) ? triplets.swing : ratio
  const from = form ? mod(roundAt(state, form, beat).measure - phase, groove.measures) : 0
  return {
    fixed: form ? roundFrom(groove, from, form.measures) : groove,
    temperature,
    bpm,
    ...(style !== 'bass' && { style }),
    // Where nobody names a style, the metre does for the band; a performer's own bass says what the drums play.
    ...((band !== null || withBand) && { band }),
    ...(mayBeTriplets && pair === 1 && swing >= leastTripletSwing && { swing }),
    ...(form && { form: form.chart ?? [{ name: '', measures: form.measures }] }),
  }
}

/** Whether an answer is a groove of `measures` measures, with the same hits on the grid and as they are touched. */
export function fits({ plain, felt }: GrooveAnswer, measures: number): boolean {
  return (
    plain.measures === measures &&
    felt.measures === measures &&
    plain.stepsPerBeat === felt.stepsPerBeat &&
    sameMetre(plain.metre, felt.metre) &&
    plain.hits.length === felt.hits.length &&
    plain.hits.every(({ step, drum }, index) => felt.hits[index]?.step === step && felt.hits[index]?.drum === drum) &&
    plain.hits.every(({ step }) => step < measures * grooveSteps(plain))
  )
}
