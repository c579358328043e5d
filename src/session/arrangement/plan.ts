import { beatsBefore, tagRepeats } from '../../band/index.ts'
import { beatAt } from '../../timing/index.ts'
import type { Transaction } from '../core/index.ts'
import { roundEnd } from '../grooves/index.ts'
import { formMeasureAt, planEnd } from '../songs/index.ts'
import { mapMaterial, shifted } from '../tracks/index.ts'
import { comingMeasure, endMusic, formAt, lookAheadSeconds, measureAt, measureStart } from '../transport/index.ts'
import { chorusAt, endAfter, type Road, roadOf } from './road.ts'
import { type ArrangementState, firstChorus } from './state.ts'

type Tx = Transaction<ArrangementState>

/** The music begins with the head. */
export function begin(tx: Tx): void {
  tx.change('arrangement', firstChorus)
  locate(tx)
}

/** The music is over. */
export function rest(tx: Tx): void {
  tx.change('arrangement', firstChorus)
}

/** The chart, the metre or the section is another: the chorus goes on from where it is in the new one. */
export function locate(tx: Tx): void {
  const road = openRoad(tx)
  if (!road) return
  const { transport, arrangement } = tx.state
  const beat = Math.max(0, tx.beat)
  const chorus = chorusAt(arrangement, beat)
  const form = formAt(transport, beat)
  const now = measureStart(form, measureAt(form, beat + rounding).measure)
  const before = beatsBefore(road.form.measures, formMeasureAt(tx.state, road.form, now))
  tx.change('arrangement', { begins: now - before, chorus, length: road.length })
  if (arrangement.last === null) countSolos(tx)
  else lastIs(tx, road, arrangement.last)
}

/** Of clocks. */
const rounding = 1e-6

/** So many choruses of solos are to be played, or as many as the performer wants. */
export function countSolos(tx: Tx): void {
  const solos = tx.state.settings['solo-choruses']
  const road = openRoad(tx)
  if (road) lastIs(tx, road, solos === 0 ? null : solos + 1)
}

/** The music ends in another way: so does what has been planned. */
export function endOtherwise(tx: Tx): void {
  const road = openRoad(tx)
  const { last } = tx.state.arrangement
  if (road && last !== null) lastIs(tx, road, last)
}

/** The next chorus is the last one; asked for again, it is not. */
export function callLast(tx: Tx): void {
  const road = openRoad(tx)
  if (!road) {
    if (!tx.state.material.chart) tx.notify('no-form')
    return
  }
  const next = chorusAt(tx.state.arrangement, Math.max(0, tx.beat)) + 1
  lastIs(tx, road, tx.state.arrangement.last === next ? null : next)
}

/** Ends the music with this chorus, or without a chart with the drummer's round; asked for again, at the next bar line. */
export function end(tx: Tx): void {
  const { transport, arrangement, settings } = tx.state
  if (!transport.playing || isOver(tx)) return
  const road = openRoad(tx)
  const now = road && chorusAt(tx.state.arrangement, Math.max(0, tx.beat))
  if (road && now !== null && arrangement.last !== now) {
    lastIs(tx, road, now)
    return
  }
  const coming = comingMeasure(tx)
  tx.change('arrangement', { tagged: tagRepeats })
  endMusic(tx, transport.ending ? coming : roundEnd(tx.state, coming), settings.ritardando)
}

/** Back to the beginning of the tag, with everything that goes round. */
export function leadBack(tx: Tx): void {
  const { arrangement, songs } = tx.state
  const tag = roadOf(tx.state)?.tag ?? 0
  tx.change('arrangement', { tagged: arrangement.tagged + 1 })
  mapMaterial(tx, (material) => shifted(material, -tag))
  if (songs.next?.byItself) planEnd(tx)
}

/** The way that goes on from here; null where there is none, or its end can't be moved any more. */
function openRoad(tx: Tx): Road | null {
  const { transport, arrangement } = tx.state
  return transport.playing && arrangement.tagged === 0 && !isOver(tx) ? roadOf(tx.state) : null
}

/** Whether schedulers have come to the last notes. */
function isOver({ state: { transport }, at }: Tx): boolean {
  const { ending, timeline } = transport
  return ending !== null && ending.beat <= beatAt(timeline, at + lookAheadSeconds)
}

/** A chorus is the last one, by its number, or the next one whose end is still to come; null lets the music go on. */
function lastIs(tx: Tx, road: Road, wanted: number | null): void {
  const { transport, settings } = tx.state
  if (wanted === null) {
    tx.change('arrangement', { last: null })
    if (transport.ending) endMusic(tx, null)
    return
  }
  const earliest = Math.ceil((comingMeasure(tx) - endAfter(tx.state.arrangement, road, 0)) / road.length - rounding)
  const last = Math.max(wanted, earliest, chorusAt(tx.state.arrangement, Math.max(0, tx.beat)))
  tx.change('arrangement', { last })
  const beat = endAfter(tx.state.arrangement, road, last)
  const isPlanned = transport.ending?.beat === beat && (transport.ending.slows !== null) === settings.ritardando
  if (!isPlanned) endMusic(tx, beat, settings.ritardando)
}
