import * as v from 'valibot'
import type { Soloist } from '../../improv/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { catchUp } from './automatic.ts'
import type { Effect, EffectListener } from './effect.ts'
import type { FeatureSet } from './feature.ts'
import type { CoreState } from './state.ts'
import { OpenTransaction } from './transaction.ts'

/** An input of any feature, when it came, and from which device. */
export type AnyEvent = { readonly type: string; readonly at: Seconds; readonly source?: string }

/** The most letters of a device's name. */
export const longestSource = 64

/** A state, and what the world is to do. */
export type Stepped<State> = { readonly state: State; readonly effects: readonly Effect[] }

/** The latest time of an event: three centuries. A double still resolves 2 µs there. */
export const latest: Seconds = 1e10

/**
 * Takes a performance a step further. First come the automatic events up to now, each at its own time, then the event.
 * What makes no sense is counted and changes nothing; nothing is ever thrown.
 *
 * @param onEffect receives each effect at once: a key sounds before it is recorded and joins its turn.
 */
export function stepWith<State extends CoreState>(
  features: FeatureSet<State>,
  state: State,
  event: AnyEvent,
  soloist: Soloist | null,
  onEffect?: EffectListener,
): Stepped<State> {
  if (!isSane(features, event)) return { state: { ...state, refused: state.refused + 1 }, effects: [] }
  const tx = new OpenTransaction(features, state, soloist, false, onEffect)
  catchUp(tx, event.at)
  tx.at = event.at
  receive(tx, event)
  tx.update({ now: Math.max(state.now, event.at) } as Partial<State>)
  return { state: tx.state, effects: tx.effects }
}

/** Whether an event makes sense. */
function isSane<State extends CoreState>({ events }: FeatureSet<State>, event: AnyEvent): boolean {
  const { at, source } = event
  if (!(at >= 0 && at <= latest) || !(source === undefined || isName(source))) return false
  const kind = events[event.type]
  if (!kind) return false
  return kind.isSane ? kind.isSane(event) : v.is(kind.schema, event)
}

function isName(source: unknown): boolean {
  return typeof source === 'string' && source.length <= longestSource
}

function receive<State extends CoreState>(tx: OpenTransaction<State>, event: AnyEvent): void {
  for (const feature of tx.features.list) if (feature.receive?.(tx as never, event)) return
}
