import type { Seconds } from '../../../timing/index.ts'
import type { Form, Plan, Transaction } from '../../core/index.ts'
import type { TurnState } from '../state.ts'

/** What ends a turn by itself. Each rule is a file, and a line in the list of rules. */
export type HandOverRule = {
  /** What it is called, after "hand over". */
  readonly label: string
  /** Turns begin to be counted: a trade begins, or the music does. */
  begin?(tx: Transaction<TurnState>): void
  /** Measures, or those of the chart, are counted from elsewhere. */
  recount?(tx: Transaction<TurnState>): void
  /** Another metre has come, after `passed` measures of the form before. */
  remeasure?(tx: Transaction<TurnState>, now: { readonly passed: number; readonly before: Form }): void
  /** A key is about to join the turn. */
  beforeKey?(tx: Transaction<TurnState>): void
  /** Whether the turn is over with the key that has just joined it. */
  isOver?(state: TurnState): boolean
  /** What the clock ends. */
  automatic?(state: TurnState, plan: Plan<TurnState>): void
  /** When the clock ends the turn, as far as is known. */
  endsAt?(state: TurnState): Seconds | null
}
