import { gapIn, ownRest, withRest } from '../../improv/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../timing/index.ts'
import type { Plan, Transaction } from '../core/index.ts'
import { stretchAt } from '../grooves/index.ts'
import { askTurn, foresight, leastRest } from '../phrases/index.ts'
import { ruleOf } from '../trading/index.ts'
import type { DuetState } from './state.ts'

type Tx = Transaction<DuetState>

/** A phrase that is over, and when it counts as over. */
type Rest = { readonly from: Seconds; readonly phraseEnd: Seconds }

/** How long a fill is at least, and at most. */
const [shortest, longest]: [Seconds, Seconds] = [1, 2.5]

/** The rest after the last phrase of this turn; null while it sounds, where none was played, and while no music plays. */
function restOf({ settings, trading, transport }: DuetState): Rest | null {
  const { line, trade } = trading
  const { released, onset, rests } = line
  const [first] = trade.heard
  if (!transport.playing || !first || released === null) return null
  if (beatAt(transport.timeline, released) < Math.max(0, first.beat)) return null
  return { from: released, phraseEnd: released + ownRest(rests, released - (onset ?? released), settings.tempo) }
}

/** A key of the lead ends a rest. What it was in a turn of the drums says nothing. */
export function hearRest(tx: Tx): void {
  const rest = tx.state.settings.duet ? restOf(tx.state) : null
  if (!rest || tx.at <= rest.phraseEnd) return
  const stretch = stretchAt(tx.state, tx.beat)
  if (!stretch || beatAt(tx.state.transport.timeline, rest.from) < stretch[0]) return
  tx.change('duet', { rests: withRest(tx.state.duet.rests, tx.at - rest.from) })
}

/**
 * Plans a fill after a phrase of the performer, where there is room for one before they are expected back, and before the
 * turn or the music is over, or the drums play alone. A rest whose moment has passed stays as it is.
 */
export function planFill(state: DuetState, plan: Plan<DuetState>): void {
  const { settings, trading, phrases, keys, transport, duet } = state
  if (!settings.duet || phrases.turn || trading.trade.turn !== 'call') return
  const rest = restOf(state)
  if (!rest || keys.voices.some(({ track, released }) => track === 'lead' && !released)) return
  const gap = gapIn(duet.rests, rest.phraseEnd - rest.from, shortest)
  if (!gap) return
  const { timeline, ending } = transport
  const start = rest.from + gap[0]
  const from = beatAt(timeline, start)
  const stretch = stretchAt(state, from)
  const turnEnd = ruleOf(state).endsAt?.(state) ?? Number.POSITIVE_INFINITY
  const back = Math.min(start + longest, rest.from + gap[1], turnEnd - foresight.counted)
  const end = Math.min(beatAt(timeline, back), stretch?.[1] ?? from, ending?.beat ?? Number.POSITIVE_INFINITY)
  const ask = Math.max(start - foresight.guessed, rest.from + leastRest)
  if (secondsAt(timeline, end) - start < shortest || ask < state.now) return
  plan.at(ask, (tx) => askTurn(tx, from, end, true))
}
