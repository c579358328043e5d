/**
 * The controls of the page. Each is bound to an action or a setting of the session's lists, from which it has its name, its
 * tooltip with the key, and MIDI learn.
 */
import type { ComponentChildren } from 'preact'
import { type ActionId, asNumber, fromNumber, type Setting, type SettingId, settings } from '../session/index.ts'
import { useBound, useNumber, useSetting } from './parts/bound.ts'

export { keyName, StageContext, tooltipOf, useLearning, useSetting, useStage } from './parts/bound.ts'
export { Dial } from './parts/dial.tsx'
export { Fader } from './parts/fader.tsx'
export { NumberField } from './parts/number-field.tsx'

type Look = {
  readonly class?: string
  /** Its content; unless given, the label. */
  readonly children?: ComponentChildren
  /** Its name; unless given, the one in the session's list. */
  readonly label?: string | undefined
}

/** A button that does an action. */
export function ActionButton({
  id,
  class: look = '',
  children,
  label,
  state,
}: Look & { readonly id: ActionId; readonly state?: string }) {
  const { act, attributes } = useBound(id, label)
  return (
    <button type="button" class={`button ${look}`} {...attributes} data-state={state} onClick={act}>
      {children ?? label}
    </button>
  )
}

/** A button that toggles a switch. It is pressed while the switch is on, unless `pressed` is given. */
export function Toggle({
  id,
  class: look = '',
  children,
  label,
  pressed,
}: Look & { readonly id: SettingId; readonly pressed?: boolean }) {
  const { act, attributes } = useBound(id, label)
  const value = useSetting(id)
  const isPressed = pressed ?? value.value === true
  return (
    <button type="button" class={`button ${look}`} {...attributes} aria-pressed={isPressed} onClick={act}>
      {children ?? label}
    </button>
  )
}

type ChoiceProps = {
  readonly id: SettingId
  /** The names of the values, in their order. */
  readonly words: readonly string[]
}

/** A setting's few values as buttons, side by side. */
export function Choice({ id, words }: ChoiceProps) {
  const { set, attributes } = useBound(id)
  const value = useSetting(id)
  const setting: Setting = settings[id]
  return (
    <fieldset class="choice" {...attributes}>
      {words.map((word, index) => (
        <button
          type="button"
          class="button"
          key={word}
          title={attributes.title}
          aria-pressed={asNumber(setting, value.value) === index}
          onClick={() => set(fromNumber(setting, index))}
        >
          {word}
        </button>
      ))}
    </fieldset>
  )
}

type MenuProps = { readonly id: SettingId; readonly name: string; readonly least: number; readonly most: number }

/** A number's many values as a menu. */
export function Menu({ id, name, least, most }: MenuProps) {
  const { set, pick, attributes } = useBound(id)
  const value = useNumber(id)
  return (
    <label class="field">
      <span class="name">{name}</span>
      <select
        {...attributes}
        value={value.value}
        onMouseDown={(event) => {
          if (pick()) event.preventDefault()
        }}
        onChange={({ currentTarget }) => set(Number(currentTarget.value))}
      >
        {Array.from({ length: most - least + 1 }, (_, index) => (
          <option key={index} value={least + index}>
            {least + index}
          </option>
        ))}
      </select>
    </label>
  )
}
