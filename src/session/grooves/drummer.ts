import { measureBeats, rounding } from '../../music/index.ts'
import type { GrooveAnswer, Transaction } from '../core/index.ts'
import type { LoopTrack } from '../track.ts'
import { alter, type DrumLoop, type Material, mapMaterial, noMaterial } from '../tracks/index.ts'
import { comingMeasure, measureStart } from '../transport/index.ts'
import { drumLoop, isSameToDrummer } from './drum-loop.ts'
import { drumForm } from './form.ts'
import { fits, grooveQuestion } from './question.ts'
import { followForm } from './rounds.ts'
import { drummerWaits, type GroovesState } from './state.ts'

type Tx = Transaction<GroovesState>

/** How many of the model's grooves are kept; the oldest go first. */
const groovesAtMost = 16

/** Asks the drum model to answer the fixed groove. The newest request counts. */
export function askGroove(tx: Tx): void {
  const { material, transport, settings } = tx.state
  const loop = drumLoop(material, transport.form.metre, settings)
  if (!loop) {
    tx.notify('no-bass')
    return
  }
  const form = drumForm(tx.state)
  tx.ask('groove', { ...grooveQuestion(tx.state, loop, form, comingPass(tx, loop)), seed: tx.drawSeed() })
}

/** Asks for a groove anew, because the music has changed. A late model is not asked again; late is counted from the first question. */
export function askAgain(tx: Tx): void {
  const { groove: awaited } = tx.state.asked
  if (awaited?.late) return
  askGroove(tx)
  const { groove } = tx.state.asked
  if (awaited && groove) tx.change('asked', { groove: { ...groove, at: awaited.at } })
}

/** Receives an answer: it plays from the loop's start on. An answer that doesn't fit this loop changes nothing. */
export function receiveGroove(tx: Tx, answer: GrooveAnswer | null, message?: string): void {
  const { grooves, material, transport, settings } = tx.state
  const loop = drumLoop(material, transport.form.metre, settings)
  if (!answer || !loop || !(fits(answer, loop.groove.measures) || fits(answer, drumForm(tx.state)?.measures ?? 0))) {
    tx.notify('groove-failed', message)
    return
  }
  if (answer.plain.hits.length === 0) {
    tx.notify('groove-empty')
    return
  }
  const kept = [...material.grooves, answer].slice(-groovesAtMost)
  const dropped = material.grooves.length + 1 - kept.length
  storeGrooves(tx, kept)
  const { playing } = grooves
  tx.change('grooves', { chosen: kept.length - 1, playing: playing < 0 ? -1 : Math.max(0, playing - dropped) })
  chooseModel(tx)
}

/**
 * Stores a bassline's grooves. They can't be undone: whatever is undone or redone over this bassline leaves them as they
 * are.
 */
function storeGrooves(tx: Tx, grooves: Material['grooves']): void {
  const { material } = tx.state
  mapMaterial(tx, (each) => (isSameToDrummer(each, material) ? { ...each, grooves } : each))
}

/** Chooses the groove that is `by` grooves further on; from the fixed groove, the one that was chosen last. */
export function stepGroove(tx: Tx, by: number): void {
  const { grooves, material, settings } = tx.state
  const count = material.grooves.length
  if (count === 0) return
  const chosen = settings['fixed-groove'] ? Math.max(0, grooves.chosen) : (grooves.chosen + by + count) % count
  tx.change('grooves', { chosen })
  chooseModel(tx)
}

function chooseModel(tx: Tx): void {
  tx.change('settings', { 'fixed-groove': false })
  changeGroove(tx)
}

/** Lets what is chosen come at the next start of the drums' loop; at once while nothing plays. */
export function changeGroove(tx: Tx): void {
  const { grooves, transport, material, settings } = tx.state
  const playing = chosenGroove(tx.state)
  const loop = drumLoop(material, transport.form.metre, settings)
  if (!transport.playing || !loop) enterGroove(tx, playing)
  else if (playing === grooves.playing) tx.change('grooves', { next: null })
  else
    tx.change('grooves', {
      next: { playing, beat: isStandIn(grooves, loop) ? comingMeasure(tx) : comingPass(tx, loop) },
    })
}

/** Whether a band's drums play the fixed groove only until the drummer has answered: nobody waits for a pass of that to be over. */
function isStandIn({ playing }: GroovesState['grooves'], { withBand }: DrumLoop): boolean {
  return playing < 0 && withBand === true
}

/** Lets what is chosen play at once. */
export function settleGroove(tx: Tx): void {
  enterGroove(tx, chosenGroove(tx.state))
}

/** Plays a groove from now on, through the form. */
export function enterGroove(tx: Tx, playing: number): void {
  tx.change('grooves', { playing, next: null })
  followForm(tx)
}

function chosenGroove({ settings, grooves, material }: GroovesState): number {
  return settings['fixed-groove'] ? -1 : Math.min(grooves.chosen, material.grooves.length - 1)
}

/** After the bassline or its grooves have changed: what is chosen of those that are there plays at once. */
export function followMaterial(tx: Tx, before: Material): void {
  const { grooves, material } = tx.state
  if (isSameToDrummer(before, material)) return
  if (!material.loops.bass && !material.drums) tx.emit({ type: 'silence', track: 'drums' })
  tx.dismiss('groove')
  const last = material.grooves.length - 1
  const chosen = grooves.chosen < 0 ? last : Math.min(grooves.chosen, last)
  if (last < 0) tx.change('settings', { 'fixed-groove': true })
  tx.change('grooves', { chosen })
  settleGroove(tx)
}

/** Another bassline has other drums. */
export function followLoop(tx: Tx, { track, isNew }: { readonly track: LoopTrack; readonly isNew: boolean }): void {
  if (track === 'bass' && isNew) forgetGrooves(tx)
  if (!comesNow(tx) || track === 'bass') changeGroove(tx)
}

/** Whether the chosen groove is due at this very beat. Then it comes, even if another track's take or a section ends here too. */
export function comesNow({ state, beat }: Tx): boolean {
  const { next } = state.grooves
  return next?.playing === chosenGroove(state) && next.beat <= beat + rounding
}

/** Starts from the fixed groove again, at once: it belongs to the bassline that begins now. */
function forgetGrooves(tx: Tx): void {
  tx.change('settings', { 'fixed-groove': true })
  tx.update({ grooves: drummerWaits })
  tx.dismiss('groove')
  tx.dismiss('round')
}

/** Leaves the drums to follow the bass. */
export function clearDrums(tx: Tx): void {
  const { loops, drums, grooves } = tx.state.material
  if (loops.bass && !drums && grooves.length === 0) tx.notify('drums-follow')
  alter(tx, { drums: null, grooves: noMaterial.grooves })
}

/** Where the next pass of the drums begins that schedulers have not come to. */
function comingPass(tx: Tx, { groove, phase }: DrumLoop): number {
  const { form } = tx.state.transport
  const coming = Math.round((comingMeasure(tx) - form.beat) / measureBeats(form.metre))
  const passes = Math.ceil((coming - phase) / groove.measures)
  return measureStart(form, phase + passes * groove.measures)
}
