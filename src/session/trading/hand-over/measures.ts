import type { Turn } from '../../../improv/index.ts'
import { type Beats, measureBeats } from '../../../music/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../../timing/index.ts'
import type { Form, Transaction } from '../../core/index.ts'
import { passStart } from '../../tracks/index.ts'
import { measureStart } from '../../transport/index.ts'
import type { TurnState } from '../state.ts'
import { answersByItself, handOver, otherSide } from '../turns.ts'
import type { HandOverRule } from './rule.ts'

/** A key this little ahead of the next turn belongs to it. */
const earlyForTurn: Beats = 1 / 8

/** A turn has a number of measures, counted from the start of the chart, or else of the form: trading fours. */
export const measures: HandOverRule = {
  label: 'after so many measures',
  begin,
  recount,
  remeasure,
  beforeKey(tx) {
    const { boundary } = tx.state.trading
    if (boundary && !isForMachine(tx.state) && boundary.beat - tx.beat <= earlyForTurn) crossBoundary(tx, tx.at)
  },
  automatic({ trading: { boundary } }, plan) {
    if (boundary) plan.atBeat(boundary.beat, crossBoundary)
  },
  endsAt(state) {
    const end = turnEnd(state)
    return end === null ? null : secondsAt(state.transport.timeline, end)
  },
}

/** Counts the turn's measures from the next bar line that the count allows. A turn that was taken early begins there. */
function begin(tx: Transaction<TurnState>): void {
  const { transport, trading, settings } = tx.state
  if (!transport.playing || !settings.improvise) return
  const { turn } = trading.trade
  const length = turnBeats(tx.state)
  const start = countStart(tx)
  const turns = Math.floor((tx.beat - start + earlyForTurn) / length)
  const isEarly = settings['turns-by-chart'] && trading.boundary?.to === turn
  const to = isEarly ? turn : otherSide(turn)
  tx.change('trading', { boundary: { beat: start + (Math.max(0, turns) + 1) * length, to } })
}

/** Turns are counted anew. */
function restart(tx: Transaction<TurnState>): void {
  tx.change('trading', { boundary: null })
  begin(tx)
}

/** Where the pass of the chart began that it is now, or else the form. */
function countStart({ state: { material, transport, settings }, beat }: Transaction<TurnState>): Beats {
  const { form } = transport
  if (!material.chart || !settings['turns-by-chart']) return form.beat
  const { phase, chart } = material.chart
  return passStart(form, { phase, measures: chart.length }, Math.max(form.beat, beat) + earlyForTurn)
}

/** Turns go with the chart and the form, unless they end where their turns do already. */
function recount(tx: Transaction<TurnState>): void {
  const { boundary } = tx.state.trading
  const ahead = boundary ? boundary.beat - countStart(tx) : 0
  if (ahead % turnBeats(tx.state) !== 0) begin(tx)
}

/** The turn has as many measures left as it had in the metre before; or turns begin with the metre. */
function remeasure(tx: Transaction<TurnState>, { passed, before }: { passed: number; before: Form }): void {
  const { trading, transport, settings } = tx.state
  const { boundary } = trading
  if (!settings['turns-by-chart']) restart(tx)
  else if (boundary) {
    const left = Math.round((boundary.beat - before.beat) / measureBeats(before.metre)) - passed
    tx.change('trading', { boundary: { ...boundary, beat: measureStart(transport.form, Math.max(0, left)) } })
  }
}

/** Whether the next turn is played by the machine: no key begins it early. */
function isForMachine(state: TurnState): boolean {
  return state.trading.boundary?.to === 'response' && answersByItself(state)
}

/** A turn's measures are over. After a long gap, as when the machine slept, it goes on with the turn that it is now. */
function crossBoundary(tx: Transaction<TurnState>, until: Seconds): void {
  const { trading, transport } = tx.state
  if (!trading.boundary) return
  const { beat, to } = trading.boundary
  const length = turnBeats(tx.state)
  const turnsBehind = Math.floor((beatAt(transport.timeline, until) - beat) / length)
  const skipped = isIdle(tx.state) ? Math.max(0, 2 * Math.floor((turnsBehind - 1) / 2)) : 0
  tx.change('trading', { boundary: { beat: beat + (skipped + 1) * length, to: otherSide(to) } })
  if (turnsTo(tx.state, to)) handOver(tx, to)
}

/** Whether a boundary gives the turn to a side: no held turn is given, and classic there is no answer to nothing. */
function turnsTo(state: TurnState, to: Turn): boolean {
  const { settings, trading } = state
  const { turn, heard } = trading.trade
  if (settings.hold || turn === to) return false
  return to === 'call' || settings.live || answersByItself(state) || heard.length > 0
}

/** Where the turn is over, as far as is known: at the boundary, or at the one after it, which is for the other side. */
function turnEnd(state: TurnState): Beats | null {
  const { boundary } = state.trading
  if (!boundary) return null
  if (turnsTo(state, boundary.to)) return boundary.beat
  return turnsTo(state, otherSide(boundary.to)) ? boundary.beat + turnBeats(state) : null
}

function turnBeats({ settings, transport }: TurnState): Beats {
  return settings['trade-measures'] * measureBeats(transport.form.metre)
}

/** Whether turns that go by change nothing: nobody plays, no answer is awaited, and nothing else is to come. */
function isIdle(state: TurnState): boolean {
  const { settings, trading, transport } = state
  const { turn, heard } = trading.trade
  const isUnheard = heard.length === 0 && (settings.live || turn === 'call')
  const settled = settings.hold || (isUnheard && !answersByItself(state))
  return settled && !transport.next && !transport.plan
}
