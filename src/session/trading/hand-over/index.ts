/**
 * `trading/hand-over/`: what ends a turn: a number of notes or measures, a rest, or only the performer's word.
 */
import { choice } from '../../core/index.ts'
import type { TurnState } from '../state.ts'
import type { HandOverRule } from './rule.ts'
import { handOverRules } from './rules.ts'

export type { HandOverRule } from './rule.ts'

/** A rule by its name. */
export type HandOver = keyof typeof handOverRules

/** Which rule counts. */
export const handOverSetting = choice('hand-over by', Object.keys(handOverRules) as HandOver[], 'phrase')

/** What is known where calls are answered. */
export type TradingState = TurnState & { readonly settings: { readonly 'hand-over': HandOver } }

/** The rule that counts. */
export function ruleOf({ settings }: TradingState): HandOverRule {
  return handOverRules[settings['hand-over']]
}
