/**
 * `session/grooves/`: the drummer: the fixed groove of the bass, what the drum model answers to it, and what plays.
 */
import * as v from 'valibot'
import { drums } from '../../music/index.ts'
import { type Feature, type Transaction, velocitySchema, when, whenSet, wholeNumber, within } from '../core/index.ts'
import { chartComes, chartFollows, loopIsRecorded, materialChanges } from '../tracks/index.ts'
import { comingMeasure, formMoves, metreComes, musicBegins, musicStops } from '../transport/index.ts'
import { drumNotes } from './drum-notes.ts'
import {
  askAgain,
  askGroove,
  changeGroove,
  clearDrums,
  comesNow,
  enterGroove,
  followLoop,
  followMaterial,
  receiveGroove,
  settleGroove,
  stepGroove,
} from './drummer.ts'
import { drumForm } from './form.ts'
import { breakOff, fill, moveEnds } from './moves.ts'
import { askRound, beginRound, enterRound, expectChart, followForm, receiveRound } from './rounds.ts'
import { drummerWaits, type GroovesState, groovesSettings } from './state.ts'
import { endTurn, followTrade, receiveSolo } from './trade.ts'

export { drumLoop, isSameToDrummer } from './drum-loop.ts'
export { drumNotes, isStopped } from './drum-notes.ts'
export { askAgain, askGroove, followMaterial } from './drummer.ts'
export { drumPhase, roundEnd } from './form.ts'
export { chosenBandStyle, ownStyleOf } from './own-style.ts'
export { riskOf } from './risk.ts'
export type { GroovesState } from './state.ts'
export { drumsPlayAlone, stretchAt } from './trade.ts'

const hit = v.object({
  step: wholeNumber(0, 1_000_000),
  drum: v.picklist(drums),
  velocity: velocitySchema,
  offsetMs: v.pipe(v.number(), v.finite()),
})
const groove = v.object({
  metre: v.object({
    numerator: wholeNumber(1, 255),
    denominator: v.picklist([1, 2, 4, 8, 16]),
    groups: v.array(wholeNumber(1, 255)),
  }),
  measures: wholeNumber(1, 10_000),
  stepsPerBeat: v.exactOptional(v.picklist([4, 6])),
  hits: v.pipe(v.array(hit), v.maxLength(100_000)),
})

const share = within(0, 1)
const answer = v.object({
  plain: groove,
  felt: groove,
  dynamics: v.exactOptional(
    v.object({
      levels: v.pipe(v.array(share), v.maxLength(100_000)),
      more: v.pipe(v.array(v.object({ ...hit.entries, level: share })), v.maxLength(100_000)),
    }),
  ),
  fills: v.exactOptional(v.pipe(v.array(wholeNumber(0, 9999)), v.maxLength(10_000))),
})

type Tx = Transaction<GroovesState>

/** The drums go by another time from the next measure on. */
function changeTime(tx: Tx): void {
  const time = tx.state.settings['drums-time']
  if (!tx.state.transport.playing) tx.change('grooves', { time, nextTime: null })
  else tx.change('grooves', { nextTime: { time, beat: comingMeasure(tx) } })
}

/** Half time or double time, and back. */
function toggleTime(tx: Tx, time: 'half' | 'double'): void {
  tx.set('drums-time', tx.state.settings['drums-time'] === time ? 'normal' : time)
}

/** The music, or another metre, begins: so do the groove, the form and the turns. */
function beginAnew(tx: Tx): void {
  if (!comesNow(tx)) changeGroove(tx)
  followForm(tx)
  followTrade(tx)
}

/** The form has changed: a groove that is awaited would fit the form before, and is asked for anew. */
function changeForm(tx: Tx): void {
  if (tx.state.asked.groove && drumForm(tx.state)) askAgain(tx)
  followForm(tx, true)
}

/** Nothing is played any more that was to come. */
function rest(tx: Tx): void {
  settleGroove(tx)
  tx.dismiss('round')
  tx.dismiss('drum-solo')
  tx.change('grooves', { turn: null, rounds: null, move: null, time: tx.state.settings['drums-time'], nextTime: null })
}

export const grooves = {
  initial: { grooves: drummerWaits, ownStyle: null },
  settings: groovesSettings,
  actions: {
    'new-groove': { label: 'new groove', key: 'Digit3', run: askGroove },
    'next-groove': { label: 'next groove', key: 'ArrowRight', run: (tx) => stepGroove(tx, 1) },
    'previous-groove': { label: 'previous groove', key: 'ArrowLeft', run: (tx) => stepGroove(tx, -1) },
    'drum-fill': { label: 'drum fill', key: 'Insert', run: fill },
    'drum-break': { label: 'drum break', key: 'Delete', run: breakOff },
    'drums-half-time': { label: 'drums in half time', run: (tx: Tx) => toggleTime(tx, 'half') },
    'drums-double-time': { label: 'drums in double time', run: (tx: Tx) => toggleTime(tx, 'double') },
    'clear-drums': { label: 'clear drums', run: clearDrums },
  },
  answers: {
    groove: { schema: answer, late: 'groove-late', receive: receiveGroove },
    round: { schema: answer, receive: receiveRound },
    'drum-solo': { schema: answer, receive: receiveSolo },
  },
  on: [
    when(musicBegins, beginAnew),
    when(musicStops, rest),
    when(metreComes, beginAnew),
    when(formMoves, (tx: Tx) => followForm(tx)),
    when(materialChanges, (tx: Tx, { before }) => {
      followMaterial(tx, before)
      if (tx.state.material.chart?.chart !== before.chart?.chart) changeForm(tx)
    }),
    when(chartFollows, changeForm),
    when(chartComes, expectChart),
    when(loopIsRecorded, followLoop),
    whenSet(['fixed-groove'], changeGroove),
    whenSet(['drums-form'], (tx: Tx) => followForm(tx)),
    whenSet(['drums-time'], changeTime),
    whenSet(['drums-trade'], followTrade),
  ],
  automatic({ grooves: { next, rounds, nextTime, move, turn } }, plan) {
    if (next) plan.atBeat(next.beat, (tx) => enterGroove(tx, next.playing))
    if (rounds) {
      if (rounds.ask === null) plan.atBeat(rounds.begins, beginRound)
      else plan.atBeat(rounds.ask, askRound)
      if (rounds.coming) plan.atBeat(rounds.coming.beat, enterRound)
    }
    if (nextTime) plan.atBeat(nextTime.beat, (tx) => tx.change('grooves', { time: nextTime.time, nextTime: null }))
    if (turn) plan.atBeat(moveEnds(turn), endTurn)
    if (move) plan.atBeat(moveEnds(move), (tx) => tx.change('grooves', { move: null }))
  },
  notes: drumNotes,
} as const satisfies Feature<GroovesState>
