import type { HandOverRule } from './rule.ts'

/** A turn has a number of notes (Castro 2019). */
export const count: HandOverRule = {
  label: 'after so many notes',
  isOver: ({ settings, trading }) => trading.trade.heard.length >= settings.notes,
}
