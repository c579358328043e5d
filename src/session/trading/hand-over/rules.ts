import { count } from './count.ts'
import { measures } from './measures.ts'
import { pedal } from './pedal.ts'
import { phrase } from './phrase.ts'
import type { HandOverRule } from './rule.ts'

/** The rules by which turns are handed over, in the order in which they are offered. */
export const handOverRules = { count, phrase, measures, pedal } as const satisfies Record<string, HandOverRule>
