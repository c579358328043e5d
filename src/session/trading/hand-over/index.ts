/**
 * `trading/hand-over/`: what ends a turn: so many notes, a rest, so many measures, or nothing but the performer's word.
 */
import { choice } from '../../core/index.ts'
import type { TurnState } from '../state.ts'
import { count } from './count.ts'
import { measures } from './measures.ts'
import { pedal } from './pedal.ts'
import { phrase } from './phrase.ts'
import type { HandOverRule } from './rule.ts'

export type { HandOverRule } from './rule.ts'

/** The rules by which turns are handed over, in the order in which they are offered. */
export const handOverRules = { count, phrase, measures, pedal } as const satisfies Record<string, HandOverRule>

/** A rule by its name. */
export type HandOver = keyof typeof handOverRules

/** Which rule counts. */
export const handOverSetting = choice('hand-over by', Object.keys(handOverRules) as HandOver[], 'count')

/** What is known where calls are answered. */
export type TradingState = TurnState & { readonly settings: { readonly 'hand-over': HandOver } }

/** The rule that counts. */
export function ruleOf({ settings }: TradingState): HandOverRule {
  return handOverRules[settings['hand-over']]
}
