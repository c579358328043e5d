import { bassline, fixedGroove } from '../../groove/index.ts'
import { measureBeats, mod, rounding } from '../../music/index.ts'
import type { Transaction } from '../core/index.ts'
import { askAgain, askGroove, followMaterial } from '../grooves/index.ts'
import { type Material, mapMaterial } from '../tracks/index.ts'
import { formAt, measureAt, sameMetre } from '../transport/index.ts'
import type { BandState, PlannedMeasure } from './state.ts'

type Tx = Transaction<BandState>

/** How many measures of drums go with the band's bass before the drummer makes more of them. */
const measures = 4

/** Whether the performer says what the drums play: by a bassline, or by a groove. */
const isOwn = ({ loops, drums }: Material) => loops.bass !== null || (drums !== null && !drums.withBand)

/**
 * Lets drums come in with a measure of the band's bass, where none play or those are in another metre: the drummer is asked for
 * a groove at once.
 */
export function joinDrums(tx: Tx, { start, now: { metre }, notes }: PlannedMeasure): void {
  const { material, transport } = tx.state
  if (isOwn(material) || notes.length === 0) return
  // A measure that is planned ahead may be in a metre that is still to come.
  const { drums: before } = material
  if (before && (sameMetre(before.groove.metre, metre) || !sameMetre(transport.form.metre, metre))) return
  const line = Array.from({ length: measures }, (_, measure) =>
    notes.map((note) => ({ ...note, beat: note.beat + measure * measureBeats(metre) })),
  ).flat()
  const { measure } = measureAt(formAt(transport, start), start + rounding)
  const groove = fixedGroove(bassline(line, metre, measures))
  const drums = { groove, phase: mod(measure, measures), from: start, withBand: true } as const
  mapMaterial(tx, (each) => (isOwn(each) ? each : { ...each, drums, grooves: [] }))
  followMaterial(tx, material)
  askGroove(tx)
}

/** Another style: who drums with the band is asked for it at once, unless a round in it was asked for ahead. */
export function followStyle(tx: Tx): void {
  const { material, grooves } = tx.state
  const isAhead = grooves.ahead !== null && Math.abs(grooves.ahead.beat - tx.beat) < rounding
  if (material.drums?.withBand && !isAhead) askAgain(tx)
}

/** The band's bass plays no more, and its drums neither. */
export function leaveDrums(tx: Tx): void {
  const { material } = tx.state
  if (!material.drums?.withBand) return
  mapMaterial(tx, (each) => (each.drums?.withBand ? { ...each, drums: null, grooves: [] } : each))
  followMaterial(tx, material)
}
