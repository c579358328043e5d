import { type Beats, measureBeats, type Note } from '../../music/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../timing/index.ts'
import type { Plan, Transaction } from '../core/index.ts'
import { audible } from '../mixer/index.ts'
import { answersByItself, beginTurnOf, handOver, isMachinesTurn, ruleOf } from '../trading/index.ts'
import { formAt, measureAt, measureStart, nextMeasure } from '../transport/index.ts'
import { askTurn, follow, sameMoment } from './ask.ts'
import { noPhrases, type PhrasesState } from './state.ts'

type Tx = Transaction<PhrasesState>

/** How long before a turn its phrases are asked for: one that is counted is known to come, one that follows a rest may not. */
export const foresight: Readonly<Record<'counted' | 'guessed', Seconds>> = { counted: 0.5, guessed: 0.3 }

/** A rest shorter than this doesn't end a phrase. */
export const leastRest: Seconds = 0.05

/** Plans what will happen by itself: phrases are asked for before their turn, and the turn is over. */
export function planTurns(state: PhrasesState, plan: Plan<PhrasesState>): void {
  const { turn } = state.phrases
  const { timeline } = state.transport
  if (turn && (turn.isFill ? turn.checkAt < turn.end : isMachinesTurn(state))) {
    plan.atBeat(turn.checkAt, check)
    if (!turn.isFill && !isCounted(state)) plan.atBeat(turn.end, turnIsOver)
    return
  }
  if (!answersByItself(state) || !state.settings.improvise || state.trading.trade.turn !== 'call') return
  const end = ruleOf(state).endsAt?.(state) ?? null
  if (end === null) return
  const from = beatAt(timeline, end)
  if (turn && Math.abs(turn.from - from) < sameMoment) return
  const { released } = state.trading.line
  const earliest = released === null ? 0 : released + leastRest
  const ahead = foresight[isCounted(state) ? 'counted' : 'guessed']
  plan.at(Math.max(end - ahead, Math.min(end, earliest)), (tx) => askTurn(tx, from, endOf(tx.state, from)))
}

/** At each bar line the turn follows what has changed without a word, such as the chord that a hand holds. */
function check(tx: Tx): void {
  const { turn } = tx.state.phrases
  if (!turn) return
  const next = nextMeasure(formAt(tx.state.transport, turn.checkAt), turn.checkAt + sameMoment)
  tx.change('phrases', { turn: { ...turn, checkAt: next } })
  followMusic(tx)
}

/** Another turn has begun: phrases that were foreseen are its own, or they are asked for now. */
export function beginTurn(tx: Tx): void {
  const { phrases, trading, settings } = tx.state
  const isAfterAnswer = phrases.last === 'response' && trading.trade.turn === 'call'
  tx.change('phrases', { last: trading.trade.turn })
  if (phrases.turn?.isFill) endTurn(tx)
  if (isMachinesTurn(tx.state)) {
    const { turn } = tx.state.phrases
    const isForeseen = turn && Math.abs(turn.from - tx.beat) < sameMoment
    if (!isForeseen) askTurn(tx, tx.beat, endOf(tx.state, tx.beat))
    return
  }
  endTurn(tx)
  if (settings.chase && isAfterAnswer && settings['trade-measures'] > 1) {
    tx.set('trade-measures', Math.floor(settings['trade-measures'] / 2))
  }
}

/** A key of the lead takes the turn from the machine, if it is to yield; in the call it shows that the call goes on, and ends a fill. */
export function yieldTurn(tx: Tx): void {
  const { phrases, settings } = tx.state
  if (isMachinesTurn(tx.state)) {
    if (settings.interrupted === 'yield') handOver(tx, 'call')
    else if (!phrases.turn) askTurn(tx, tx.beat, endOf(tx.state, tx.beat))
  } else if (phrases.turn?.isFill || settings['hand-over'] !== 'measures') endTurn(tx)
}

/** The music stops: so does the machine's turn. */
export function stopTurn(tx: Tx): void {
  if (isMachinesTurn(tx.state)) handOver(tx, 'call')
  else endTurn(tx)
}

/** No phrase is coming any more, and what sounds of one ends. */
export function endTurn(tx: Tx): void {
  const { turn } = tx.state.phrases
  if (!turn) return
  tx.dismiss('phrase')
  tx.change('phrases', { turn: noPhrases.turn })
  if (turn.notes.some(({ beat, beats }) => beat + beats > tx.beat)) tx.emit({ type: 'silence', track: 'lead' })
}

/** Tempo, metre or form have changed: the turn follows. */
export function followMusic(tx: Tx): void {
  const { turn } = tx.state.phrases
  if (turn?.isFill) follow(tx, turn.end)
  else if (turn && isMachinesTurn(tx.state)) follow(tx, endOf(tx.state, turn.from))
}

/** The notes of the machine's turn, or of its fill in the performer's, while it is heard. */
export function notesInTurn({ phrases: { turn }, trading, ...state }: PhrasesState): readonly Note[] {
  const isHeard = turn && audible(state, 'lead') && (turn.isFill || trading.trade.turn === 'response')
  return isHeard ? turn.notes : []
}

/** The notes of the machine that are decided and have not begun. */
export function comingNotes(state: PhrasesState, at: Seconds): readonly Note[] {
  const { turn } = state.phrases
  if (!turn || !state.transport.playing) return []
  return turn.notes.filter(({ beat }) => secondsAt(state.transport.timeline, beat) >= at)
}

/** A turn that nobody counts is over: the call begins, or a turn that is held goes on with other phrases. */
function turnIsOver(tx: Tx): void {
  const { turn } = tx.state.phrases
  if (!turn) return
  beginTurnOf(tx, tx.state.settings.hold ? 'response' : 'call')
}

/** Whether its measures are counted by the rule that hands over. */
function isCounted({ settings }: PhrasesState): boolean {
  return settings['hand-over'] === 'measures' && !settings.hold
}

/** Where the machine's turn from a beat on is over. */
function endOf(state: PhrasesState, from: Beats): Beats {
  const { settings, trading, transport, phrases } = state
  const form = formAt(transport, from)
  const length = measureBeats(form.metre)
  if (isCounted(state)) {
    const end = isMachinesTurn(state) ? (ruleOf(state).endsAt?.(state) ?? null) : null
    return end === null ? from + settings['trade-measures'] * length : beatAt(transport.timeline, end)
  }
  if (phrases.turn?.from === from && isMachinesTurn(state)) return phrases.turn.end
  const first = (trading.trade.turn === 'call' ? trading.trade : trading.before)?.heard[0]?.beat ?? from
  const measures = Math.min(settings['trade-measures'], Math.max(1, Math.round((from - first) / length)))
  const { measure, place } = measureAt(form, from)
  return measureStart(form, measure + measures + (place > length / 2 ? 1 : 0))
}
