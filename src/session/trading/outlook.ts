import type { Turn } from '../../improv/index.ts'
import type { MidiPitch } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { ruleOf, type TradingState } from './hand-over/index.ts'

/** Whose turn it is, and what is coming, for whoever shows it. */
export type Outlook = {
  readonly turn: Turn
  readonly improvising: boolean
  /** How many notes of the buffer are filled, and how many it has. */
  readonly heard: number
  readonly notes: number
  /** Until the turn is over, as far as the clock decides it; null where keys or pedals do. */
  readonly secondsLeft: Seconds | null
  /** The pitches of the next keys, where they are known. */
  readonly next: readonly MidiPitch[]
}

/** Whose turn it is at a moment, and what is coming. */
export function outlook(state: TradingState, at: Seconds): Outlook {
  const { trade } = state.trading
  const end = ruleOf(state).endsAt?.(state) ?? null
  return {
    turn: trade.turn,
    improvising: state.settings.improvise,
    heard: trade.heard.length,
    notes: state.settings.notes,
    secondsLeft: end === null ? null : Math.max(0, end - at),
    next: trade.queue,
  }
}
