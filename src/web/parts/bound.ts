import { type ReadonlySignal, signal, useComputed } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import {
  type ActionId,
  isSetting,
  type SessionInput,
  type SettingId,
  type Settings,
  type SettingValue,
} from '../../session/index.ts'
import { actionKey, actionLabel } from '../actions.ts'
import type { Stage } from '../stage.ts'
import { text } from '../text.ts'

/** The instrument, for every part of the page. */
export const StageContext = createContext<Stage | null>(null)

/** The instrument. */
export function useStage(): Stage {
  const stage = useContext(StageContext)
  if (!stage) throw new Error('There is no stage around this part: put it inside a StageContext.')
  return stage
}

/** The value of a setting. */
export function useSetting<Id extends SettingId>(id: Id): ReadonlySignal<Settings[Id]> {
  const { session } = useStage()
  return useComputed(() => session.value.settings[id])
}

/** The value of a setting that is a number. */
export function useNumber(id: SettingId): ReadonlySignal<number> {
  const { session } = useStage()
  return useComputed(() => Number(session.value.settings[id]))
}

/** An action's name, with a capital letter. */
export function labelOf(id: string): string {
  const label = actionLabel(id)
  return label.charAt(0).toUpperCase() + label.slice(1)
}

/** An action's tooltip: its name and its key, and what it does where the name doesn't say it all. */
export function tooltipOf(id: string): string {
  const key = actionKey(id)
  const name = key ? `${labelOf(id)} (${keyName(key)})` : labelOf(id)
  const hint = text.hints[id]
  return hint ? `${name}. ${hint}.` : name
}

/** A key's name, as on a keyboard. */
export function keyName(code: string): string {
  return code
    .replace(/Digit|Key/, '')
    .replace('Arrow', '')
    .replace('Page', 'Page ')
    .replace('+', ' + ')
}

/** Whether MIDI learn has started and no control of the page has been picked yet. */
const picking = signal(false)

/** Whether MIDI learn is on: then a click picks a control and does not use it. */
export function useLearning(): { readonly on: ReadonlySignal<boolean>; toggle(): void } {
  const { session, dispatch } = useStage()
  const on = useComputed(() => picking.value || session.value.controls.learning !== null)
  return {
    on,
    toggle() {
      picking.value = !on.peek()
      if (!picking.value) dispatch({ type: 'learn', action: null })
    },
  }
}

/** What every control of an action or a setting has: its name, its tooltip with the key, and MIDI learn. */
export function useBound(id: ActionId, label = labelOf(id)) {
  const { session, act, dispatch } = useStage()
  const learning = useLearning()
  const isLearnt = useComputed(() => session.value.controls.learning === id)
  /** Picks the control if MIDI learn is on, and returns whether it did. */
  const pick = (): boolean => {
    if (!learning.on.peek()) return false
    picking.value = false
    dispatch({ type: 'learn', action: id })
    return true
  }
  return {
    pick,
    act: () => {
      if (!pick()) act(id)
    },
    set: (value: SettingValue) => {
      if (!pick() && isSetting(id)) dispatch({ type: 'set', setting: id, value } as SessionInput)
    },
    nudge: (by: number) => {
      if (!pick() && isSetting(id)) dispatch({ type: 'nudge', setting: id, by })
    },
    attributes: {
      'data-action': id,
      'data-learnt': isLearnt.value || undefined,
      'aria-label': label,
      title: tooltipOf(id),
    },
  }
}
