/**
 * `session/trading/`: call and response: whose turn it is, what ends it, and what the keys of the lead sound.
 */
import * as v from 'valibot'
import { shiftTurn } from '../../improv/index.ts'
import type { Beats } from '../../music/index.ts'
import { type Feature, sevenBits, type Transaction, velocitySchema, when, whenSet } from '../core/index.ts'
import { allIsCleared, loopIsCleared } from '../recording/index.ts'
import { materialChanges } from '../tracks/index.ts'
import { formMoves, metreComes, musicBegins, musicStops } from '../transport/index.ts'
import { playOn } from '../zones/index.ts'
import { handOverSetting, ruleOf, type TradingState } from './hand-over/index.ts'
import { noTrade, turnSettings } from './state.ts'
import { beginTurnOf, handOver, receiveMelody } from './turns.ts'

export { type Answered, answerKey, continueLine, isVoice, joinTurn, leadIsPlayed, releaseKey } from './answer.ts'
export { type HandOver, ruleOf, type TradingState } from './hand-over/index.ts'
export { type Outlook, outlook } from './outlook.ts'
export { machineRange } from './state.ts'
export { answersByItself, beginTurnOf, handOver, isMachinesTurn, turnBegins } from './turns.ts'

type Tx = Transaction<TradingState>

/** Begins the trade anew, with a call. */
function beginTrade(tx: Tx): void {
  beginTurnOf(tx, 'call')
  beginTurns(tx)
  if (tx.state.settings.improvise) playOn(tx, 'lead')
}

/** Lets the rule that counts begin. */
function beginTurns(tx: Tx): void {
  tx.change('trading', { boundary: null, unplayed: 0 })
  ruleOf(tx.state).begin?.(tx)
}

const beats = v.pipe(v.number(), v.finite())
const note = v.object({
  pitch: sevenBits,
  velocity: velocitySchema,
  beat: beats,
  beats: v.pipe(beats, v.minValue(0)),
})

export const trading = {
  initial: { trading: noTrade },
  settings: { ...turnSettings, 'hand-over': handOverSetting },
  actions: {
    'hand-over-now': { label: 'hand over', key: 'Enter', run: (tx) => handOver(tx) },
    'take-call': { label: 'back to the call', run: (tx) => handOver(tx, 'call') },
    home: { label: 'pocket back to natural', run: (tx) => tx.set('pocket', 0) },
    'take-response': { label: 'on to the response', run: (tx) => handOver(tx, 'response') },
  },
  answers: {
    melody: {
      schema: v.object({ melody: v.pipe(v.array(note), v.maxLength(1024)) }),
      late: 'melody-late',
      receive: receiveMelody,
    },
  },
  on: [
    when(musicBegins, (tx: Tx, { shift }: { readonly shift: Beats }) => {
      const { trade, before } = tx.state.trading
      tx.change('trading', { trade: shiftTurn(trade, shift), before: before && shiftTurn(before, shift) })
      beginTurns(tx)
    }),
    when(musicStops, (tx: Tx) => tx.change('trading', { boundary: null })),
    when(metreComes, (tx: Tx, now) => ruleOf(tx.state).remeasure?.(tx, now)),
    when(formMoves, (tx: Tx) => ruleOf(tx.state).recount?.(tx)),
    when(materialChanges, (tx: Tx, { before }) => {
      if (tx.state.material.chart?.chart !== before.chart?.chart) ruleOf(tx.state).recount?.(tx)
    }),
    when(allIsCleared, beginTrade),
    when(loopIsCleared, (tx: Tx, { track }) => {
      if (track === 'lead') beginTrade(tx)
    }),
    whenSet(['improvise', 'live', 'own-phrases', 'hand-over'], beginTrade),
    whenSet(['trade-measures'], (tx: Tx) => ruleOf(tx.state).begin?.(tx)),
  ],
  automatic(state, plan) {
    ruleOf(state).automatic?.(state, plan)
  },
} as const satisfies Feature<TradingState>
