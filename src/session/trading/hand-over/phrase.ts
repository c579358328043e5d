import { phraseRest } from '../../../improv/index.ts'
import type { Seconds } from '../../../timing/index.ts'
import type { TurnState } from '../state.ts'
import { handOver } from '../turns.ts'
import type { HandOverRule } from './rule.ts'

/** A turn is over after a rest, which the pace of its phrase says. */
export const phrase: HandOverRule = {
  label: 'after a phrase',
  automatic(state, plan) {
    const end = phraseEnd(state)
    if (end !== null) plan.at(end, (tx) => handOver(tx))
  },
  endsAt: phraseEnd,
}

function phraseEnd({ settings, trading: { trade, line } }: TurnState): Seconds | null {
  if (!settings.improvise || settings.hold) return null
  if (trade.turn === 'waiting' || trade.heard.length === 0 || line.released === null) return null
  return line.released + phraseRest(line.interOnsets, settings.tempo)
}
