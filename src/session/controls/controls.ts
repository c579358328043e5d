import { type Command, commandOf, isKnob, knobValue, perform, type Transaction } from '../core/index.ts'
import { pressedFrom } from '../keys/index.ts'
import { type Binding, type Bindings, currentSection } from '../songs/index.ts'
import type { ControlsState } from './state.ts'

type Tx = Transaction<ControlsState>

/** What a control sends: a controller, a key or a program change. */
export type ControlKind = 'cc' | 'note' | 'program'

/**
 * A control is touched: it does what it is bound to, or is bound to what wants to be learnt.
 *
 * @param value from 0 to 127.
 * @returns whether that was all it was for.
 */
export function touch(tx: Tx, kind: ControlKind, number: number, value: number, channel = 1): boolean {
  if (kind === 'note' && tx.state.controls.learning === null && isUnbound(tx.state)) return false
  const exact = `${kind} ${number} ch ${channel}`
  const pressed = kind !== 'cc' || goesDown(tx, exact, value)
  const { bindings, learning } = tx.state.controls
  if (learning !== null && (pressed || (isKnob(learning, tx.features) && value > 0))) {
    tx.change('controls', { bindings: { ...bindings, [exact]: learning }, learning: null })
    tx.notify('learnt', exact)
    return true
  }
  const binding = bindingOf(tx.state, [exact, `${kind} ${number}`, kind])
  if (!binding) return false
  if (kind !== 'cc' || !turn(tx, binding, value / 127)) {
    if (pressed) press(tx, binding)
  }
  return true
}

/** Turns a setting, from 0 to 1 of a knob's way. Returns whether a binding is for a knob. */
function turn(tx: Tx, binding: Binding, turned: number): boolean {
  const { action, from, to } =
    typeof binding === 'string' ? { action: binding, from: undefined, to: undefined } : binding
  const setting = tx.features.settings[action]
  if (!setting || !isKnob(action, tx.features)) return false
  const isEven = from !== undefined && to !== undefined
  if (!isEven && typeof binding !== 'string') return false
  const value = isEven ? from + turned * (to - from) : knobValue(setting, turned)
  perform(tx, { type: 'set', setting: action, value })
  return true
}

function press(tx: Tx, binding: Binding): void {
  const command = commandBound(tx, binding)
  if (command) perform(tx, command)
}

function commandBound({ features }: Tx, binding: Binding): Command | null {
  if (typeof binding === 'string') return commandOf(binding, features)
  const { action, value, by } = binding
  if (!Object.hasOwn(features.settings, action)) return commandOf(action, features)
  if (value !== undefined) return { type: 'set', setting: action, value }
  return by === undefined ? { type: 'toggle', setting: action } : { type: 'nudge', setting: action, by }
}

/** Whether a button goes down now: one that is down already acts no second time. */
function goesDown(tx: Tx, control: string, value: number): boolean {
  const { pressed } = tx.state.controls
  const isDown = value >= pressedFrom
  const wasDown = pressed.includes(control)
  if (isDown === wasDown) return false
  tx.change('controls', { pressed: isDown ? [...pressed, control] : pressed.filter((each) => each !== control) })
  return isDown
}

/** All controllers of a channel are reset, as when a cable is pulled: the buttons that were down there are up. */
export function letUp(tx: Tx, channel = 1): void {
  const pressed = tx.state.controls.pressed.filter((control) => !control.endsWith(` ch ${channel}`))
  tx.change('controls', { pressed })
}

/**
 * What a control does, by the most exact of its names that says something. Of one name, the section's word counts
 * before the song's, and that before the performer's own.
 */
function bindingOf(state: ControlsState, names: readonly string[]): Binding | null {
  const layers = layersOf(state)
  for (const name of names) {
    const binding = layers.find((layer) => layer && Object.hasOwn(layer, name))?.[name]
    if (binding) return binding
  }
  return null
}

function layersOf({ songs, controls }: ControlsState): readonly (Bindings | undefined)[] {
  return [currentSection(songs)?.controls, songs.list[songs.song]?.controls, controls.bindings]
}

/** Whether no control does anything: then a key has nothing to ask for on its way. */
function isUnbound(state: ControlsState): boolean {
  for (const layer of layersOf(state)) for (const _ in layer) return false
  return true
}
