import { type ReadonlySignal, signal, useComputed } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ActionId, DialId } from '../../session/index.ts'
import { actionKey, actionLabel } from '../actions.ts'
import type { Stage } from '../stage.ts'

/** The instrument, for every part of the page. */
export const StageContext = createContext<Stage | null>(null)

/** The instrument. */
export function useStage(): Stage {
  const stage = useContext(StageContext)
  if (!stage) throw new Error('There is no stage around this part: put it inside a StageContext.')
  return stage
}

/** A dial's value now. */
export function useSetting(id: DialId): ReadonlySignal<number> {
  const { session } = useStage()
  return useComputed(() => session.value.settings[id])
}

/** What an action is called, as a title. */
export function labelOf(id: ActionId): string {
  const label = actionLabel(id)
  return label.charAt(0).toUpperCase() + label.slice(1)
}

/** What an action is called, and its key: the words of a tooltip. */
export function tooltipOf(id: ActionId): string {
  const key = actionKey(id)
  return key ? `${labelOf(id)} (${keyName(key)})` : labelOf(id)
}

/** A key's name as a keyboard shows it. */
export function keyName(code: string): string {
  return code
    .replace(/Digit|Key/, '')
    .replace('Arrow', '')
    .replace('Page', 'Page ')
    .replace('+', ' + ')
}

/** On from the moment that the performer wants a pedal to learn something until they have said what. */
const picking = signal(false)

/** Whether a control that is clicked is picked for a pedal or a knob, and does not do what it is there for. */
export function useLearning(): { readonly on: ReadonlySignal<boolean>; switchOver(): void } {
  const { session, happen } = useStage()
  const on = useComputed(() => picking.value || session.value.controls.learning !== null)
  return {
    on,
    switchOver() {
      picking.value = !on.peek()
      if (!picking.value) happen({ type: 'learn', action: null })
    },
  }
}

/**
 * What every control has that does or sets one thing of the one list: its name, its tooltip with the key, and that a
 * pedal can learn it.
 */
export function useBound(id: ActionId, label = labelOf(id)) {
  const { session, act, happen } = useStage()
  const learning = useLearning()
  const isLearnt = useComputed(() => session.value.controls.learning === id)
  /** Picks the control, where that is what a click is for now. */
  const pick = (): boolean => {
    if (!learning.on.peek()) return false
    picking.value = false
    happen({ type: 'learn', action: id })
    return true
  }
  return {
    pick,
    act: (value?: number, by?: number) => {
      if (!pick()) act(id, value, by)
    },
    attributes: {
      'data-action': id,
      'data-learnt': isLearnt.value || undefined,
      'aria-label': label,
      title: tooltipOf(id),
    },
  }
}
