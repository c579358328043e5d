import { balanceRows } from './balance-rows.ts'
import { balanceWeights } from './balance-weights.ts'
import type { LogitBias } from './logit-bias.ts'

/** What {@link balance} goes by. */
export type BalanceOptions = {
  /** From 0, as the model and its memories say, to 1, as it was learnt. */
  readonly balance: number
}

/**
 * Gives lines the balance of soloists: what the model and its memories play too much of when they go by their own notes, such as
 * chromatic runs, comes less, and what they play too little of, such as tones of the chord on the beat, comes more.
 */
export const balance: LogitBias<BalanceOptions> = (bias, { sounded, press }, { balance }) => {
  if (balance === 0) return
  for (const { at, of } of balanceRows(press, sounded)) {
    for (let token = 0; token < bias.length; token++) {
      const weight = balanceWeights[at + (of[token] as number)] as number
      bias[token] = (bias[token] as number) + balance * weight
    }
  }
}
