/**
 * `session/grooves/`: the drummer: the fixed groove of the bass, what the drum model answers to it, and what plays.
 */
import * as v from 'valibot'
import { drums } from '../../music/index.ts'
import { type Feature, type Transaction, when, whenSet } from '../core/index.ts'
import { loopIsRecorded, materialChanges } from '../tracks/index.ts'
import { metreComes, musicBegins, musicStops } from '../transport/index.ts'
import { drumNotes } from './drum-notes.ts'
import {
  askGroove,
  changeGroove,
  clearDrums,
  followLoop,
  followMaterial,
  receiveGroove,
  settleGroove,
  stepGroove,
} from './drummer.ts'
import { drummerWaits, type GroovesState, groovesSettings } from './state.ts'

export { drumLoop, isSameToDrummer } from './drum-loop.ts'
export { riskOf } from './risk.ts'
export type { GroovesState } from './state.ts'

const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

const hit = v.object({
  step: count(0, 1_000_000),
  drum: v.picklist(drums),
  velocity: count(1, 127),
  offsetMs: v.pipe(v.number(), v.finite()),
})
const groove = v.object({
  metre: v.object({
    numerator: count(1, 255),
    denominator: v.picklist([1, 2, 4, 8, 16]),
    groups: v.array(count(1, 255)),
  }),
  measures: count(1, 10_000),
  stepsPerBeat: v.exactOptional(v.picklist([4, 6])),
  hits: v.pipe(v.array(hit), v.maxLength(100_000)),
})

export const grooves = {
  initial: { grooves: drummerWaits },
  settings: groovesSettings,
  actions: {
    'new-groove': { label: 'new groove', key: 'Digit3', run: askGroove },
    'next-groove': { label: 'next groove', key: 'ArrowRight', run: (tx) => stepGroove(tx, 1) },
    'previous-groove': { label: 'previous groove', key: 'ArrowLeft', run: (tx) => stepGroove(tx, -1) },
    'clear-drums': { label: 'clear drums', run: clearDrums },
  },
  answers: {
    groove: {
      schema: v.object({ plain: groove, felt: groove }),
      late: 'groove-late',
      receive: receiveGroove,
    },
  },
  on: [
    when(musicBegins, changeGroove),
    when(musicStops, settleGroove),
    when(metreComes, changeGroove),
    when(materialChanges, (tx: Transaction<GroovesState>, { before }) => followMaterial(tx, before)),
    when(loopIsRecorded, followLoop),
    whenSet((setting) => setting === 'fixed-groove', changeGroove),
  ],
  automatic({ grooves: { next } }, plan) {
    if (next) plan.atBeat(next.beat, (tx) => tx.change('grooves', { playing: next.playing, next: null }))
  },
  notes: drumNotes,
} as const satisfies Feature<GroovesState>
