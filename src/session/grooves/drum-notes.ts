import { type DrumHit, hitBeat } from '../../groove/index.ts'
import { type Beats, clampVelocity, drumPitch, type Steps } from '../../music/index.ts'
import { tempoAt } from '../../timing/index.ts'
import type { DueNote, Stretch } from '../core/index.ts'
import { audible } from '../mixer/index.ts'
import { fitGroove, isIn, passes } from '../tracks/index.ts'
import { swingOf, swungIn } from '../transport/index.ts'
import { drumLoop, tripletPlaces } from './drum-loop.ts'
import type { GroovesState } from './state.ts'

/** How long a stroke lasts, for those who have to end it. */
const stroke: Beats = 1 / 8

/** The strokes of the drums. */
export function drumNotes(stretch: Stretch<GroovesState>, add: (note: DueNote) => void): void {
  const { state } = stretch
  const { settings, grooves, material, transport } = state
  const { form, timeline } = transport
  const loop = drumLoop(material, form.metre, settings)
  if (!loop || !audible(state, 'drums')) return
  const gain = settings['volume-drums']
  const triplets = tripletPlaces(material, form.metre, settings)
  const swing = swingOf(state)
  const answer = material.grooves[grooves.playing] ?? { plain: loop.groove, felt: loop.groove }
  const groove = fitGroove(answer.plain, form.metre)
  const placeOf = (step: Steps) => (groove.stepsPerBeat === 6 ? undefined : triplets.get(step)) ?? hitBeat(groove, step)
  const felt = fitGroove(answer.felt, form.metre).hits
  for (const pass of passes(form, { phase: loop.phase, measures: answer.plain.measures }, stretch)) {
    for (const [index, onGrid] of groove.hits.entries()) {
      const place = pass + placeOf(onGrid.step)
      if (!isIn(stretch, loop.from, place)) continue
      const { drum, velocity, offsetMs } = between(onGrid, felt[index] ?? onGrid, settings.feel)
      const late = clamp((offsetMs * tempoAt(timeline, place)) / 60_000, 1 / (2 * (groove.stepsPerBeat ?? 4)))
      const beat = swungIn(form, place, swing) + late
      add({ track: 'drums', drum, pitch: drumPitch(drum), velocity, beat, beats: stroke, gain })
    }
  }
}

function between(plain: DrumHit, felt: DrumHit, feel: number): DrumHit {
  return {
    ...plain,
    velocity: clampVelocity(plain.velocity + feel * (felt.velocity - plain.velocity)),
    offsetMs: plain.offsetMs + feel * (felt.offsetMs - plain.offsetMs),
  }
}

/** A stroke stays nearest to its own step, at whatever tempo it was made. */
function clamp(beats: Beats, most: Beats): Beats {
  return Math.min(most, Math.max(-most, beats))
}
