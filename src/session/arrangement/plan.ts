import { beatsBefore, tagRepeats } from '../../band/index.ts'
import { type Beats, measureBeats, rounding } from '../../music/index.ts'
import { beatAt } from '../../timing/index.ts'
import type { Transaction } from '../core/index.ts'
import { roundEnd } from '../grooves/index.ts'
import { formMeasureAt, planEnd } from '../songs/index.ts'
import { mapMaterial, shifted } from '../tracks/index.ts'
import { comingMeasure, endMusic, formAt, lookAheadSeconds, measureAt, measureStart } from '../transport/index.ts'
import { chorusAt, endAfter, type RoadMap, roadMapOf } from './road-map.ts'
import { type ArrangementState, firstChorus } from './state.ts'

type Tx = Transaction<ArrangementState>

/** The music begins with the head. */
export function begin(tx: Tx): void {
  tx.change('arrangement', { ...firstChorus, isMoved: true })
}

/** The music is over. */
export function rest(tx: Tx): void {
  tx.change('arrangement', firstChorus)
}

/** The chart, the metre or the section has changed, or all of them one after the other. */
export function move(tx: Tx): void {
  tx.change('arrangement', { isMoved: true })
}

/** Finds out where the chorus is in the chart, metre or section that has come, and goes on from there. */
export function locate(tx: Tx): void {
  tx.change('arrangement', { isMoved: false })
  const roadMap = openRoadMap(tx)
  if (!roadMap) return
  const { arrangement } = tx.state
  const chorus = chorusNow(tx)
  const { start, place } = placeOf(tx, roadMap)
  const begins = start - beatsBefore(roadMap.form.measures, place)
  tx.change('arrangement', { begins, chorus, length: roadMap.length })
  if (arrangement.last === null) countSolos(tx)
  // What has been planned is kept up to the last moment, for the band has planned it, too.
  else planLast(tx, roadMap, arrangement.last, reached(tx))
}

/** Where the measure begins that it is now, and its place in the form. */
function placeOf({ state, beat }: Tx, { form }: RoadMap): { readonly start: Beats; readonly place: number } {
  const counted = formAt(state.transport, Math.max(0, beat))
  const start = measureStart(counted, measureAt(counted, Math.max(0, beat) + rounding).measure)
  return { start, place: formMeasureAt(state, form, start) }
}

/** The form's next bar line that schedulers have not come to yet; metres may change on the way. */
function comingBar(tx: Tx, roadMap: RoadMap): Beats {
  const last = reached(tx)
  const { measures } = roadMap.form
  let { start, place } = placeOf(tx, roadMap)
  for (; start <= last; place++) {
    const measure = measures[place % measures.length]
    if (!measure) break
    start += measureBeats(measure.metre)
  }
  return start
}

/** Plans the last chorus by how many choruses of solos are set; with 0 the performer will call it. */
export function countSolos(tx: Tx): void {
  const solos = tx.state.settings['solo-choruses']
  const roadMap = openRoadMap(tx)
  if (roadMap) planLast(tx, roadMap, solos === 0 ? null : solos + 1)
}

/** The setting of the ending has changed: an ending that is planned is planned anew. */
export function endOtherwise(tx: Tx): void {
  const roadMap = openRoadMap(tx)
  const { last } = tx.state.arrangement
  if (roadMap && last !== null) planLast(tx, roadMap, last)
}

/** The next chorus is the last one; asked for again, it is not. */
export function callLast(tx: Tx): void {
  const roadMap = openRoadMap(tx)
  if (!roadMap) {
    if (!tx.state.material.chart) tx.notify('no-form')
    return
  }
  const next = chorusNow(tx) + 1
  planLast(tx, roadMap, tx.state.arrangement.last === next ? null : next)
}

/** Ends the music with this chorus, or without a chart with the drummer's round; asked for again, at the next bar line. */
export function end(tx: Tx): void {
  if (!tx.state.transport.playing || isOver(tx)) return
  const roadMap = openRoadMap(tx)
  const { transport, arrangement, settings } = tx.state
  const now = roadMap && chorusNow(tx)
  if (roadMap && now !== null && arrangement.last !== now) {
    planLast(tx, roadMap, now)
    return
  }
  const coming = comingMeasure(tx)
  tx.change('arrangement', { tagged: tagRepeats })
  endMusic(tx, transport.ending ? coming : roundEnd(tx.state, coming), settings.ritardando)
}

/** Back to the beginning of the tag, with everything that goes round. */
export function leadBack(tx: Tx): void {
  const { arrangement, songs } = tx.state
  const tag = roadMapOf(tx.state)?.tag ?? 0
  tx.change('arrangement', { tagged: arrangement.tagged + 1 })
  mapMaterial(tx, (material) => shifted(material, -tag))
  if (songs.next?.byItself) planEnd(tx)
}

/** The road map, if its end can still be moved; else null. */
function openRoadMap(tx: Tx): RoadMap | null {
  if (tx.state.arrangement.isMoved) locate(tx)
  const { transport, arrangement } = tx.state
  return transport.playing && arrangement.tagged === 0 && !isOver(tx) ? roadMapOf(tx.state) : null
}

/** Whether schedulers have come to the last notes. */
function isOver(tx: Tx): boolean {
  const { ending } = tx.state.transport
  return ending !== null && ending.beat <= reached(tx)
}

/** How many choruses are over now. */
function chorusNow({ state, beat }: Tx): number {
  return chorusAt(state.arrangement, Math.max(0, beat))
}

/** How far schedulers have come. */
function reached({ state: { transport }, at }: Tx): Beats {
  return beatAt(transport.timeline, at + lookAheadSeconds)
}

/** Makes a chorus the last one, by its number, or the next whose end is still to come; null lets the music go on. */
function planLast(tx: Tx, roadMap: RoadMap, wanted: number | null, earliest = comingBar(tx, roadMap)): void {
  const { transport, settings } = tx.state
  if (wanted === null) {
    tx.change('arrangement', { last: null })
    if (transport.ending) endMusic(tx, null)
    return
  }
  const least = Math.ceil((earliest - endAfter(tx.state.arrangement, roadMap, 0)) / roadMap.length - rounding)
  const last = Math.max(wanted, least, chorusNow(tx))
  tx.change('arrangement', { last })
  const beat = endAfter(tx.state.arrangement, roadMap, last)
  const isPlanned = transport.ending?.beat === beat && (transport.ending.slows !== null) === settings.ritardando
  if (!isPlanned) endMusic(tx, beat, settings.ritardando)
}
