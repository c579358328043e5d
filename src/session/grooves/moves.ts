import { type Beats, measureBeats } from '../../music/index.ts'
import { beatAt } from '../../timing/index.ts'
import type { Transaction } from '../core/index.ts'
import { comingMeasure, formAt, lookAheadSeconds, nextMeasure } from '../transport/index.ts'
import type { GroovesState, Move } from './state.ts'

/** What drummers do when they are told to: a fill, a break. */

type Tx = Transaction<GroovesState>

/** The shortest fill: with less of the measure left, it fills the next one. */
const shortestFill: Beats = 1

/** The stroke that ends a move is on its beat, or as late as drummers are. */
const afterwards: Beats = 1 / 2

/** Fills from now on, up to the next bar line. */
export function fill(tx: Tx): void {
  const { transport } = tx.state
  if (!transport.playing) return
  const now = Math.max(0, beatAt(transport.timeline, tx.at + lookAheadSeconds))
  const line = nextMeasure(formAt(transport, now), now)
  const isLate = line - now < shortestFill
  const to = isLate ? nextMeasure(formAt(transport, line), line) : line
  tx.change('grooves', { move: { kind: 'fill', from: isLate ? line : now, to } })
}

/** Stops the drums for the next measure; a break that is to come, or goes on, becomes a measure longer. */
export function breakOff(tx: Tx): void {
  const { transport, grooves } = tx.state
  if (!transport.playing) return
  const coming = comingMeasure(tx)
  const longer = grooves.move?.kind === 'break' && grooves.move.to >= coming ? grooves.move : null
  const { from, to } = longer ?? { from: coming, to: coming }
  tx.change('grooves', { move: { kind: 'break', from, to: nextMeasure(formAt(transport, to), to) } })
}

/** What is played instead of the groove: what the drummer was told, and a fill that leads to the end of the music. */
export function movesOf({ grooves: { move, turn }, transport }: GroovesState): Move[] {
  const { ending, form } = transport
  const solo = turn ? [{ kind: 'solo', from: turn.from, to: turn.to } as const] : []
  const turns = move && !(turn && move.to > turn.from) ? [move, ...solo] : solo
  if (!ending) return turns
  const from = Math.max(ending.asked, ending.beat - measureBeats(form.metre))
  const last: Move = { kind: 'fill', from, to: ending.beat, isLast: true }
  return [...turns.filter(({ to }) => to < from), last]
}

/** Where a move, or a turn of the drums, is over, and nothing of it is left to play. */
export function moveEnds({ to }: Pick<Move, 'to'>): Beats {
  return to + afterwards
}
