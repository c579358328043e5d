import { type ActionId, perform } from './actions.ts'
import { type Dial, dials, isDial, knobValue } from './dials.ts'
import type { Moment } from './moment.ts'
import type { SessionState } from './state.ts'

/** An action, or, of a dial, what it is set to or by how many steps it is moved. */
export type Binding =
  | ActionId
  | { readonly action: ActionId; readonly value?: number | undefined; readonly by?: number | undefined }

/**
 * What each control does. A control is named `cc 41`, `note 36` or `program 2`, on any channel, or with one, `cc 41 ch
 * 10`; `program` is any program change. Null unbinds a name.
 */
export type Bindings = Readonly<Record<string, Binding | null>>

/** What a control sends: a controller, a key or a program change. */
export type ControlKind = 'cc' | 'note' | 'program'

/** From this value on a pedal or a button is down. */
const pressedFrom = 64

/**
 * A control is touched: it does what it is bound to, or is bound to what wants to be learnt.
 *
 * @param value from 0 to 127.
 * @returns whether that was all it was for.
 */
export function touch(moment: Moment, kind: ControlKind, number: number, value: number, channel = 1): boolean {
  const exact = `${kind} ${number} ch ${channel}`
  const pressed = kind !== 'cc' || goesDown(moment, exact, value)
  const { bindings, learning } = moment.state.controls
  if (learning && (pressed || (isKnob(learning) && value > 0))) {
    moment.change('controls', { bindings: { ...bindings, [exact]: learning }, learning: null })
    moment.tell('learnt', exact)
    return true
  }
  const binding = bindingOf(moment.state, [exact, `${kind} ${number}`, kind])
  if (!binding) return false
  if (kind === 'cc' && typeof binding === 'string' && isDial(binding) && isKnob(binding)) {
    perform(moment, binding, knobValue(binding, value / 127))
  } else if (pressed) {
    const { action, value, by } = typeof binding === 'string' ? { action: binding } : binding
    perform(moment, action, value, by)
  }
  return true
}

/** Whether a button goes down now: one that is down already acts no second time. */
function goesDown(moment: Moment, control: string, value: number): boolean {
  const { pressed } = moment.state.controls
  const isDown = value >= pressedFrom
  const wasDown = pressed.includes(control)
  if (isDown === wasDown) return false
  moment.change('controls', { pressed: isDown ? [...pressed, control] : pressed.filter((each) => each !== control) })
  return isDown
}

/**
 * What a control does, by the most exact of its names that says something. Of one name, the section's word counts
 * before the song's, and that before the performer's own.
 */
function bindingOf({ stand, controls }: SessionState, names: readonly string[]): Binding | null {
  const song = stand.songs[stand.song]
  const layers = [song?.sections[stand.section]?.controls, song?.controls, controls.bindings]
  for (const name of names) {
    const binding = layers.find((layer) => layer && Object.hasOwn(layer, name))?.[name]
    if (binding) return binding
  }
  return null
}

/** Whether a controller turns an action instead of pressing it. */
function isKnob(action: ActionId): boolean {
  return isDial(action) && !isSwitch(dials[action])
}

function isSwitch({ least, most, step }: Dial): boolean {
  return step === most - least
}
