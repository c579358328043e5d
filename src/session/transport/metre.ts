import { type Beats, type Metre, metre as makeMetre, metreName, parseMetre } from '../../music/index.ts'
import { announcement, type Form, type Transaction } from '../core/index.ts'
import { measureAt, sameMetre } from './form.ts'
import { comingMeasure } from './playing.ts'
import type { TransportState } from './state.ts'

/** Measures are counted from elsewhere, in the same metre, after `passed` of them. */
export const formMoves = announcement<{ readonly passed: number }>('measures are counted from elsewhere')

/** Another metre has come, after `passed` measures of the form before. */
export const metreComes = announcement<{ readonly passed: number; readonly before: Form }>('another metre comes')

/** Counts in another metre: from the next measure on, or, in the middle of a take, when that is over. */
export function setMetre(tx: Transaction<TransportState>, text: string): void {
  let metre: Metre
  try {
    metre = parseMetre(text)
  } catch {
    tx.notify('bad-metre', text)
    return
  }
  const { playing, form, steadyUntil } = tx.state.transport
  if (!playing) tx.change('transport', { form: { ...form, metre } })
  else if (sameMetre(metre, form.metre)) tx.change('transport', { next: null })
  else if (steadyUntil !== null) {
    tx.change('transport', { next: { beat: Math.max(steadyUntil, comingMeasure(tx)), metre } })
    tx.notify('metre-waits')
  } else tx.change('transport', { next: { beat: comingMeasure(tx), metre } })
}

/** Counts `more` units in a measure, and units `times` as short. */
export function changeMetre(tx: Transaction<TransportState>, more: number, times: number): void {
  const { form, next } = tx.state.transport
  const { numerator, denominator } = next?.metre ?? form.metre
  let metre: Metre
  try {
    metre = makeMetre(numerator + more, denominator * times)
  } catch {
    tx.notify('bad-metre')
    return
  }
  setMetre(tx, metreName(metre))
}

/** The metre that was to come has come. */
export function arriveInMetre(tx: Transaction<TransportState>, next: Form): void {
  const { form: before } = tx.state.transport
  const passed = measureAt(before, next.beat).measure
  tx.change('transport', { form: next, next: null })
  tx.announce(metreComes, { passed, before })
}

/** Counts the form from a beat on. */
export function recountFrom(tx: Transaction<TransportState>, beat: Beats): void {
  const { form } = tx.state.transport
  const { measure: passed } = measureAt(form, beat)
  tx.change('transport', { form: { ...form, beat } })
  tx.announce(formMoves, { passed })
}

/** Lets no other metre come between two beats. */
export function steadyMetre(tx: Transaction<TransportState>, from: Beats, until: Beats): void {
  const { next } = tx.state.transport
  tx.change('transport', {
    steadyUntil: until,
    next: next && next.beat > from ? { ...next, beat: Math.max(next.beat, until) } : next,
  })
}

/** Another metre may come again. @param sooner one that waits comes with the next measure. */
export function releaseMetre(tx: Transaction<TransportState>, sooner: boolean): void {
  const { next } = tx.state.transport
  const coming = comingMeasure(tx)
  tx.change('transport', {
    steadyUntil: null,
    next: sooner && next && next.beat > coming ? { ...next, beat: coming } : next,
  })
}
