import { type Metre, measureBeats, stepsPerMeasure } from '../music/index.ts'
import type { GrooveAnswer } from './event.ts'
import { fixedGrooveOf } from './fit.ts'
import { measureStart, sameMetre } from './form.ts'
import { isOn, type Moment, seedFrom } from './moment.ts'
import type { DrumLoop, Material } from './state.ts'
import { comingMeasure } from './transport.ts'

/** How many of the model's grooves are kept; the oldest go first. */
const keptGrooves = 16

/** The groove that the drums start from in a metre: the one that a song brings, or the fixed groove of the bass. */
export function drumLoop({ bass, drums }: Material, metre: Metre): DrumLoop | null {
  if (drums) return drums
  return bass && { groove: fixedGrooveOf(bass, metre), phase: bass.phase, from: bass.from }
}

/** Asks the drum model to answer the fixed groove. The newest request counts. */
export function askGroove(moment: Moment): void {
  const { material, transport, settings } = moment.state
  const loop = drumLoop(material, transport.form.metre)
  if (!loop) {
    moment.tell('no-bass')
    return
  }
  const request = moment.request()
  moment.change('grooves', { asked: { request, at: moment.at, told: false } })
  moment.do({
    type: 'askGroove',
    request,
    fixed: loop.groove,
    temperature: settings.temperature,
    bpm: settings.tempo,
    seed: moment.draw(seedFrom),
  })
}

/** Takes an answer: it plays from the loop's start on. What is no groove for this loop changes nothing. */
export function takeGroove(moment: Moment, request: number, answer: GrooveAnswer | null, message?: string): void {
  const { grooves, material, transport } = moment.state
  if (grooves.asked?.request !== request) return
  moment.change('grooves', { asked: null })
  const loop = drumLoop(material, transport.form.metre)
  if (!answer || !loop || !fits(answer, loop)) {
    moment.tell('groove-failed', message)
    return
  }
  if (answer.plain.hits.length === 0) {
    moment.tell('groove-empty')
    return
  }
  const kept = [...material.grooves, answer].slice(-keptGrooves)
  const dropped = material.grooves.length + 1 - kept.length
  keepGrooves(moment, kept)
  const { playing } = grooves
  moment.change('grooves', { chosen: kept.length - 1, playing: playing < 0 ? -1 : Math.max(0, playing - dropped) })
  moment.change('settings', { 'fixed-groove': 0 })
  changeGroove(moment)
}

/**
 * Keeps a bassline's grooves. They are no change to undo: whatever else is undone or brought back over this bassline
 * leaves them where they are.
 */
function keepGrooves(moment: Moment, grooves: Material['grooves']): void {
  const { material, history } = moment.state
  const keep = (each: Material) => (isSameToDrummer(each, material) ? { ...each, grooves } : each)
  moment.set({
    material: keep(material),
    history: { past: history.past.map(keep), future: history.future.map(keep) },
  })
}

/** Whether a drummer has the same to play to, and the same to choose from, wherever in the form it stands. */
export function isSameToDrummer(a: Material, b: Material): boolean {
  return a.bass?.notes === b.bass?.notes && a.drums?.groove === b.drums?.groove && a.grooves === b.grooves
}

/** Goes so many grooves further; from the fixed groove, to the one that was chosen last. */
export function stepGroove(moment: Moment, by: number): void {
  const { grooves, material } = moment.state
  const count = material.grooves.length
  if (count === 0) return
  const fixed = isOn(moment.state, 'fixed-groove')
  const chosen = fixed ? Math.max(0, grooves.chosen) : (grooves.chosen + by + count) % count
  moment.change('grooves', { chosen })
  moment.change('settings', { 'fixed-groove': 0 })
  changeGroove(moment)
}

/** Lets what is chosen come at the next start of the drums' loop; at once while nothing plays. */
export function changeGroove(moment: Moment): void {
  const { grooves, transport, material } = moment.state
  const playing = isOn(moment.state, 'fixed-groove') ? -1 : Math.min(grooves.chosen, material.grooves.length - 1)
  const loop = drumLoop(material, transport.form.metre)
  if (!transport.playing || !loop) moment.change('grooves', { playing, next: null })
  else if (playing === grooves.playing) moment.change('grooves', { next: null })
  else moment.change('grooves', { next: { playing, beat: comingPass(moment, loop) } })
}

/** After the bassline or its grooves have changed: what is chosen of those that are there plays at once. */
export function followMaterial(moment: Moment): void {
  const { grooves, material } = moment.state
  const last = material.grooves.length - 1
  const chosen = grooves.chosen < 0 ? last : Math.min(grooves.chosen, last)
  if (last < 0) moment.change('settings', { 'fixed-groove': 1 })
  moment.change('grooves', { chosen, playing: isOn(moment.state, 'fixed-groove') ? -1 : chosen, next: null })
}

/** Where the next pass of the drums begins that schedulers have not come to. */
function comingPass(moment: Moment, { groove, phase }: DrumLoop): number {
  const { form } = moment.state.transport
  const coming = Math.round((comingMeasure(moment) - form.beat) / measureBeats(form.metre))
  const passes = Math.ceil((coming - phase) / groove.measures)
  return measureStart(form, phase + passes * groove.measures)
}

/** Whether an answer is a groove for a loop: as long, and with the same hits on the grid and as they are touched. */
function fits({ plain, felt }: GrooveAnswer, { groove }: DrumLoop): boolean {
  return (
    plain.measures === groove.measures &&
    felt.measures === groove.measures &&
    sameMetre(plain.metre, felt.metre) &&
    plain.hits.length === felt.hits.length &&
    plain.hits.every(({ step, drum }, index) => felt.hits[index]?.step === step && felt.hits[index]?.drum === drum) &&
    plain.hits.every(({ step }) => step < groove.measures * stepsPerMeasure(plain.metre))
  )
}
