import type { HandOverRule } from './rule.ts'

/** Nothing but the performer's own word ends a turn. */
export const pedal: HandOverRule = { label: 'by pedal' }
