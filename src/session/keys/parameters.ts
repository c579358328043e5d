import type { Transaction } from '../core/index.ts'
import { zoneTracks } from '../zones/index.ts'
import { bringBack, configure, send, tracksOf } from './expression-routes.ts'
import { noExpression, type Parameter } from './expression-state.ts'
import { lowerMaster, membersBeside, placeInZones, upperMaster, withZone } from './mpe.ts'
import type { KeysState } from './state.ts'

type Tx = Transaction<KeysState>

/** The controllers that choose a parameter, and those that set the one that is chosen. */
const [registeredHigh, registeredLow, ownHigh, ownLow] = [101, 100, 99, 98] as const
const entries: readonly number[] = [6, 38, 96, 97]
const [entry] = entries

/** Registered parameters: how far a bend goes, and MPE's zones. */
const [bendRange, mpeConfiguration] = [0, 6] as const

/** Whether a controller chooses or sets a parameter. */
export function isParameters(controller: number): boolean {
  return (controller >= ownLow && controller <= registeredHigh) || entries.includes(controller)
}

/**
 * A controller chooses or sets a parameter. Each setting is passed on whole, with what has chosen the parameter: other
 * hands may have chosen another one on the same channel of an output.
 */
export function moveParameter(tx: Tx, controller: number, value: number, channel = 1): void {
  const { parameters } = tx.state.expression
  const chosen = parameters[channel] ?? { high: null, low: null }
  if (!entries.includes(controller)) {
    tx.change('expression', { parameters: { ...parameters, [channel]: choosing(chosen, { controller, value }) } })
    return
  }
  const { high, low } = chosen
  if (!high || !low) return
  const isRegistered = high.controller === registeredHigh && high.value === 0
  if (isRegistered && low.value === mpeConfiguration) {
    if (controller === entry && (channel === lowerMaster || channel === upperMaster)) setZone(tx, channel, value)
    return
  }
  if (isRegistered && low.value === bendRange && controller === entry) setBendRange(tx, channel, value)
  for (const each of [high, low, { controller, value }]) {
    const expression = { kind: 'control', ...each } as const
    for (const track of tracksOf(tx.state, expression, channel)) send(tx, track, expression, channel)
  }
}

/** A registered parameter is chosen by two registered halves, an instrument's own by two of its own. */
function choosing({ high, low }: Parameter, half: { readonly controller: number; readonly value: number }): Parameter {
  const isRegistered = half.controller === registeredHigh || half.controller === registeredLow
  const [highs, lows] = isRegistered ? [registeredHigh, registeredLow] : [ownHigh, ownLow]
  return {
    high: half.controller === highs ? half : high?.controller === highs ? high : null,
    low: half.controller === lows ? half : low?.controller === lows ? low : null,
  }
}

/** A keyboard says which channels are a zone: with it everything begins anew. */
function setZone(tx: Tx, master: number, members: number): void {
  bringBack(tx, () => true)
  const mpe = withZone(tx.state.expression.mpe, master, members)
  const introduced = zoneTracks(tx.state)
  tx.change('expression', { ...noExpression, mpe, introduced })
  for (const track of introduced) configure(tx, track, master, members)
}

/** How far a bend goes on a channel; one member of a zone speaks for all of them. */
function setBendRange(tx: Tx, channel: number, semitones: number): void {
  const { mpe, bendRanges } = tx.state.expression
  const channels = placeInZones(mpe, channel) === 'member' ? membersBeside(mpe, channel) : [channel]
  const ranges = Object.fromEntries(channels.map((each) => [each, semitones]))
  tx.change('expression', { bendRanges: { ...bendRanges, ...ranges } })
}

/** How far a bend goes that nobody has set, in semitones; further for a member of an MPE zone. */
const usualRange = 2
const memberRange = 48

/** A bend in semitones. */
export function semitonesOf({ expression }: KeysState, value: number, channel = 1): number {
  const isMember = placeInZones(expression.mpe, channel) === 'member'
  const range = expression.bendRanges[channel] ?? (isMember ? memberRange : usualRange)
  return (value * range) / 8192
}
