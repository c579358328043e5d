import { type ReadonlySignal, signal } from '@preact/signals'
import { createKeyPiano, listenToKeys } from '../../devices/keyboard/index.ts'
import type { MidiPitch } from '../../music/index.ts'
import type { DeviceContext } from '../../runtime/index.ts'
import { type ActionId, actionIds, command } from '../../session/index.ts'
import { actionKey } from '../actions.ts'
import { panels } from '../panels/index.ts'
import { openPanel } from '../parts/panel-host.tsx'

/** The action of each key, as `KeyboardEvent.code` names it, with `Shift+` before it. */
const actionOf = new Map<string, ActionId>(
  actionIds.flatMap((id): [string, ActionId][] => {
    const key = actionKey(id)
    return key ? [[key, id]] : []
  }),
)

/**
 * Lets the computer's keyboard play, do the actions that have a key, and open the panels.
 *
 * @returns what is written on each key of the drawn piano.
 */
export function openKeyboard({ clock, dispatch }: DeviceContext): ReadonlySignal<ReadonlyMap<MidiPitch, string>> {
  const piano = createKeyPiano()
  const labels = signal(piano.labels())
  listenToKeys(
    piano,
    (input, timeStampMs) => dispatch(input, clock.of(timeStampMs)),
    () => {
      labels.value = piano.labels()
    },
  )
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.shiftKey ? `Shift+${event.code}` : event.code
    const action = actionOf.get(key)
    const panel = panels.find((each) => each.key === key || (each.id === 'help' && event.key === '?'))
    if (!action && !panel) return
    event.preventDefault()
    if (event.repeat) return
    if (action) dispatch(command(action))
    else if (panel) openPanel.value = openPanel.value === panel.id ? null : panel.id
  })
  return labels
}
