import { bassline, fixedGroove } from '../../groove/index.ts'
import { measureBeats, mod, rounding } from '../../music/index.ts'
import type { Transaction } from '../core/index.ts'
import { askGroove } from '../grooves/index.ts'
import { mapMaterial } from '../tracks/index.ts'
import { formAt, measureAt } from '../transport/index.ts'
import type { BandState, PlannedMeasure } from './state.ts'

type Tx = Transaction<BandState>

/** The drums that go with the band's bass are so long before the drummer makes more of them. */
const measures = 4

/** Lets drums come in with the band's bass, where none play: the drummer is asked for a groove at once. */
export function joinDrums(tx: Tx, { start, now, notes }: PlannedMeasure): void {
  const { material, transport } = tx.state
  if (material.loops.bass || material.drums || notes.length === 0) return
  const { metre } = now
  const line = Array.from({ length: measures }, (_, measure) =>
    notes.map((note) => ({ ...note, beat: note.beat + measure * measureBeats(metre) })),
  ).flat()
  const { measure } = measureAt(formAt(transport, start), start + rounding)
  const groove = fixedGroove(bassline(line, metre, measures))
  const drums = { groove, phase: mod(measure, measures), from: start, withBand: true } as const
  mapMaterial(tx, (each) => (each.loops.bass || each.drums ? each : { ...each, drums }))
  askGroove(tx)
}

/** The band's bass plays no more, and its drums neither. */
export function leaveDrums(tx: Tx): void {
  if (!tx.state.material.drums?.withBand) return
  mapMaterial(tx, (each) => (each.drums?.withBand ? { ...each, drums: null, grooves: [] } : each))
  tx.emit({ type: 'silence', track: 'drums' })
}
