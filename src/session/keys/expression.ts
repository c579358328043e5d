import type { Expression, Transaction } from '../core/index.ts'
import { send, tracksOf } from './expression-routes.ts'
import { isAtRest, isPassedOn, isPedal, type Moved, movedName } from './expression-state.ts'
import { isParameters, moveParameter, semitonesOf } from './parameters.ts'
import { type KeysState, voiceOf } from './state.ts'

type Tx = Transaction<KeysState>

/** The pitch wheel is moved; 0 is its centre. */
export function bend(tx: Tx, value: number, channel?: number): void {
  express(tx, { kind: 'bend', value, semitones: semitonesOf(tx.state, value, channel) }, channel)
}

/** A controller is moved that no other part has taken. */
export function control(tx: Tx, controller: number, value: number, channel?: number): void {
  if (isPassedOn(controller)) express(tx, { kind: 'control', controller, value }, channel)
  else if (isParameters(controller) && tx.state.settings.expression) moveParameter(tx, controller, value, channel)
}

/** What a hand or a foot does to the notes of a channel reaches the tracks that it plays, and where it has been before. */
export function express(tx: Tx, expression: Expression, channel = 1): void {
  const { state } = tx
  if (!state.settings.expression) return
  const name = movedName(expression)
  const before = state.expression.moved.filter((moved) => moved.channel === channel && moved.name === name)
  for (const track of new Set([...tracksOf(state, expression, channel), ...before.map((moved) => moved.track)])) {
    send(tx, track, expression, channel)
    if (name !== null) remember(tx, { track, channel, name }, isAtRest(expression))
  }
}

/** Remembers what has to come back; what has come back is forgotten. */
function remember(tx: Tx, { track, channel, name }: Moved, rests: boolean): void {
  const { moved } = tx.state.expression
  const isSame = (each: Moved) => each.track === track && each.channel === channel && each.name === name
  if (rests !== moved.some(isSame)) return
  const others = moved.filter((each) => !isSame(each))
  tx.change('expression', { moved: rests ? others : [...others, { track, channel, name }] })
}

/** A key is pressed harder, or less: what it sounds follows. */
export function pressKey(tx: Tx, key: { readonly pitch: number; readonly channel?: number }, value: number): void {
  const voice = voiceOf(tx.state.keys, key)
  if (!tx.state.settings.expression || !voice || voice.pitch === null) return
  send(tx, voice.track, { kind: 'key-pressure', pitch: voice.pitch, value }, key.channel)
}

/** Whether a pedal has moved it: the foot brings it back. */
export function isByPedal({ name }: Moved): boolean {
  return typeof name === 'number' && isPedal(name)
}
