import { roundFrom, ruleFill } from '../../groove/index.ts'
import { type Beats, type Metre, measureBeats } from '../../music/index.ts'
import { beatAt, type Seconds } from '../../timing/index.ts'
import type { GrooveAnswer, Transaction } from '../core/index.ts'
import { comingMeasure } from '../transport/index.ts'
import { drumLoop } from './drum-loop.ts'
import { fits, grooveQuestion } from './question.ts'
import type { DrumTurn, GroovesState } from './state.ts'

/**
 * Trading with the drummer: turns in which the performer plays with the band, and turns as long in which the drums play alone.
 * A solo is asked of the model while the performer plays; it ends on the one of the next turn.
 */

type Tx = Transaction<GroovesState>

/** A look-ahead has no more turns than this; each of them must be planned, and none skipped. */
const longestLook = 1000

/** How full and loud a solo is. */
const intensity = 0.8

/** Begins to trade with the next measure, or stops it. */
export function followTrade(tx: Tx): void {
  tx.dismiss('drum-solo')
  tx.change('grooves', { turn: null })
  if (tx.state.transport.playing && turnMeasures(tx.state) > 0) planTurn(tx, comingMeasure(tx))
}

/**
 * A turn of the drums is over. After a long gap, as when the machine slept, it goes on with the turn that it is now: while
 * none is to be asked for or one is awaited, turns that go by change nothing.
 */
export function endTurn(tx: Tx, until: Seconds): void {
  const { grooves, transport, material, settings, asked } = tx.state
  if (!grooves.turn) return
  const { to } = grooves.turn
  const both = 2 * turnMeasures(tx.state) * measureBeats(transport.form.metre)
  const isAsked = asked['drum-solo'] || !drumLoop(material, transport.form.metre, settings)
  const isIdle = isAsked && !transport.next && !transport.plan
  const behind = isIdle ? Math.floor((beatAt(transport.timeline, until) - to) / both) : 0
  planTurn(tx, to + (behind > longestLook ? behind : 0) * both)
}

/** The performer's turn begins at a beat, and the drums' after it, for which a solo is asked. */
function planTurn(tx: Tx, begins: Beats): void {
  const { material, transport, settings, asked } = tx.state
  const measures = turnMeasures(tx.state)
  const length = measures * measureBeats(transport.form.metre)
  const from = begins + length
  tx.change('grooves', { turn: { from, to: from + length, measures, solo: null } })
  const loop = drumLoop(material, transport.form.metre, settings)
  if (!loop || asked['drum-solo']) return
  const { fixed, ...how } = grooveQuestion(tx.state, loop, null, from)
  // The bass rests.
  const alone = { ...fixed, hits: fixed.hits.filter(({ drum }) => drum !== 'snare') }
  tx.ask('drum-solo', { ...how, fixed: roundFrom(alone, 0, measures), intensity, isSolo: true, seed: tx.drawSeed() })
}

/** Receives a solo. One that is late is not played. */
export function receiveSolo(tx: Tx, answer: GrooveAnswer | null, message?: string): void {
  const { turn } = tx.state.grooves
  if (!turn) return
  if (!answer || !fits(answer, turn.measures)) tx.notify('groove-failed', message)
  else if (comingMeasure(tx) <= turn.from) tx.change('grooves', { turn: { ...turn, solo: answer } })
}

/** What the drums play in their turn: the model's solo, or, until there is one, a fill by rule in each measure. */
export function soloOf({ measures, solo }: DrumTurn, metre: Metre): Pick<GrooveAnswer, 'plain' | 'felt'> {
  const fill = roundFrom(ruleFill(metre), 0, measures)
  return solo ?? { plain: fill, felt: fill }
}

/** Whether all others rest at a place, because the drums play alone. */
export function drumsPlayAlone({ grooves: { turn } }: GroovesState, place: Beats): boolean {
  return turn !== null && place >= turn.from && place < turn.to
}

/** The performer's own stretch of the music around a beat: up to where the drums play alone; null while they do. */
export function stretchAt({ grooves: { turn } }: GroovesState, beat: Beats): readonly [from: Beats, to: Beats] | null {
  if (!turn) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const { from, to } = turn
  if (beat >= from) return beat < to ? null : [to, Number.POSITIVE_INFINITY]
  const length = to - from
  return [from - length, from]
}

function turnMeasures({ settings }: GroovesState): number {
  return settings['drums-trade'] === 'off' ? 0 : Number(settings['drums-trade'])
}
