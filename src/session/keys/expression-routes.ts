import type { Expression, Transaction } from '../core/index.ts'
import type { PlayedTrack } from '../track.ts'
import { zoneOf, zoneTracks } from '../zones/index.ts'
import { atRest, isPedal, type Moved } from './expression-state.ts'
import { lowerMaster, placeInZones, upperMaster } from './mpe.ts'
import type { KeysState } from './state.ts'

type Tx = Transaction<KeysState>

/**
 * The tracks that the expression of a channel is for. On one keyboard pedals are for both hands; wheels and aftertouch are
 * for the right one.
 */
export function tracksOf(state: KeysState, expression: Expression, channel: number): readonly PlayedTrack[] {
  const { settings, keys } = state
  if (placeInZones(state.expression.mpe, channel) === 'member') {
    const own = keys.voices.filter((voice) => voice.channel === channel).map(({ track }) => track)
    // A note's first bend comes before the note.
    return own.length > 0 ? own : zoneTracks(state)
  }
  if (settings.zones === 'channel') return [zoneOf(state, { pitch: 127, channel }).track]
  const isForBoth = expression.kind === 'control' && isPedal(expression.controller)
  return isForBoth ? zoneTracks(state) : [settings.keys]
}

/** Sends expression to a track. What belongs to an MPE zone keeps its channel. */
export function send(tx: Tx, track: PlayedTrack, expression: Expression, channel = 1): void {
  const place = placeInZones(tx.state.expression.mpe, channel)
  if (place) introduce(tx, track)
  tx.emit({
    type: 'express',
    track,
    expression,
    ...(place && { channel }),
    ...(place === 'master' && { zone: true }),
  })
}

/** Brings back what is away from where it rests. */
export function bringBack(tx: Tx, which: (moved: Moved) => boolean): void {
  const { moved } = tx.state.expression
  const going = moved.filter(which)
  if (going.length === 0) return
  tx.change('expression', { moved: moved.filter((each) => !which(each)) })
  for (const { track, channel, name } of going) send(tx, track, atRest(name), channel)
}

/** Sends the MPE zones to the output of a track, unless it has them. */
export function introduce(tx: Tx, track: PlayedTrack): void {
  const { introduced, mpe } = tx.state.expression
  if (introduced.includes(track)) return
  tx.change('expression', { introduced: [...introduced, track] })
  if (mpe.lower > 0) configure(tx, track, lowerMaster, mpe.lower)
  if (mpe.upper > 0) configure(tx, track, upperMaster, mpe.upper)
}

/** Registered parameter 6. */
const mpeConfiguration = [
  [101, 0],
  [100, 6],
] as const

/** Configures a zone of an output: MPE's configuration message, on the channel of the zone's master. */
export function configure(tx: Tx, track: PlayedTrack, master: number, members: number): void {
  for (const [controller, value] of [...mpeConfiguration, [6, members] as const]) {
    const expression = { kind: 'control', controller, value } as const
    tx.emit({ type: 'express', track, expression, channel: master, zone: true })
  }
}
