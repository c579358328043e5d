/**
 * `session/duet/`: fills. Where the performer rests in their own turn, or plays alone over the band, the machine plays a short
 * phrase in the gap, and ends as soon as a key of the lead goes down.
 */
import { type Feature, type Transaction, when, whenSet } from '../core/index.ts'
import { endTurn } from '../phrases/index.ts'
import { leadIsPlayed } from '../trading/index.ts'
import { hearRest, planFill } from './fill.ts'
import { type DuetState, noDuet } from './state.ts'

export const duet = {
  initial: { duet: noDuet },
  on: [
    when(leadIsPlayed, hearRest),
    whenSet(['duet'], (tx: Transaction<DuetState>) => {
      if (tx.state.phrases.turn?.isFill) endTurn(tx)
    }),
  ],
  automatic: planFill,
} as const satisfies Feature<DuetState>
