import { beatAt, slowed, type Timeline, tap, tappedTempo, withTempo } from '../../timing/index.ts'
import type { TempoPlan, Transaction } from '../core/index.ts'
import { pruned } from './form.ts'
import type { TransportState } from './state.ts'

/** Goes on at the tempo that is set, from now on. */
export function followTempo(tx: Transaction<TransportState>): void {
  const { timeline } = tx.state.transport
  goBy(tx, withTempo(pruned(timeline, tx.beat), tx.beat, tx.state.settings.tempo))
}

/** Plans a change of tempo, or none: one that was planned does not come. Schedulers look past where it comes. */
export function planTempo(tx: Transaction<TransportState>, plan: TempoPlan | null): void {
  const { timeline, plan: before } = tx.state.transport
  tx.change('transport', { plan })
  goBy(tx, before ? withTempo(pruned(timeline, tx.beat), before.beat, tx.state.settings.tempo) : timeline)
}

/** What was planned has come. */
export function planHasCome(tx: Transaction<TransportState>): void {
  tx.change('transport', { plan: null })
}

/** Goes by a timeline, with what is planned: another tempo, a ritardando. */
function goBy(tx: Transaction<TransportState>, timeline: Timeline): void {
  const { plan, ending } = tx.state.transport
  const line = plan?.bpm ? withTempo(timeline, plan.beat, plan.bpm) : timeline
  const slows = ending?.slows ?? null
  const ritardando = ending && slows !== null ? { from: slows, to: ending.beat, bpm: tx.state.settings.tempo } : null
  tx.change('transport', { timeline: ritardando ? slowed(line, ritardando, tx.beat) : line })
}

/**
 * Takes a tap of the tempo. While the music plays, its tempo is changed for up to a beat, until its beats are on the taps: so
 * taps move the beat, too, and nothing jumps.
 */
export function tapTempo(tx: Transaction<TransportState>): void {
  const { at } = tx
  const taps = tap(tx.state.transport.taps, at)
  tx.change('transport', { taps })
  const tapped = tappedTempo(taps)
  if (!tapped) return
  tx.set('tempo', tapped.bpm)
  const { transport, settings } = tx.state
  if (!transport.playing) return
  const bpm = settings.tempo
  const arrival = tapped.downbeat + 60 / bpm
  const target = Math.round(beatAt(transport.timeline, tapped.downbeat)) + 1
  if (arrival <= at || target <= tx.beat) return
  const leading = ((target - tx.beat) * 60) / (arrival - at)
  const led = withTempo(transport.timeline, tx.beat, Math.min(2 * bpm, Math.max(bpm / 2, leading)))
  goBy(tx, withTempo(led, target, bpm))
}
