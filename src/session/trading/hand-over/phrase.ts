import { ownRest, phraseRest } from '../../../improv/index.ts'
import type { Seconds } from '../../../timing/index.ts'
import type { TurnState } from '../state.ts'
import { handOver, isMachinesTurn } from '../turns.ts'
import type { HandOverRule } from './rule.ts'

/** A turn is over after a rest, which the player's own rests say, or else the pace of its phrase alone. */
export const phrase: HandOverRule = {
  label: 'after a phrase',
  automatic(state, plan) {
    const end = phraseEnd(state)
    if (end !== null) plan.at(end, (tx) => handOver(tx))
  },
  endsAt: phraseEnd,
}

function phraseEnd(state: TurnState): Seconds | null {
  const {
    settings,
    trading: { trade, line },
  } = state
  if (!settings.improvise || settings.hold) return null
  if (isMachinesTurn(state) || trade.turn === 'waiting' || trade.heard.length === 0 || line.released === null)
    return null
  if (!settings['own-rests']) return line.released + phraseRest(line.interOnsets, settings.tempo)
  return line.released + ownRest(line.rests, line.released - (line.onset ?? line.released), settings.tempo)
}
