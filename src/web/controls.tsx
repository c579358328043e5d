/**
 * The controls of the page. Each is bound to one action or dial of the session's list, and has its name, its tooltip
 * with the default key, and its place in MIDI learning from there.
 */
import type { ComponentChildren } from 'preact'
import type { ActionId, DialId } from '../session/index.ts'
import { useBound, useSetting } from './parts/bound.ts'

export { keyName, StageContext, tooltipOf, useLearning, useSetting, useStage } from './parts/bound.ts'
export { Dial } from './parts/dial.tsx'
export { Fader } from './parts/fader.tsx'
export { NumberField } from './parts/number-field.tsx'

type Look = {
  readonly class?: string
  /** What is seen; the name, unless it is given. */
  readonly children?: ComponentChildren
  /** Its name, where the one in the list does not say it here. */
  readonly label?: string | undefined
}

/** A button that does something. */
export function ActionButton({
  id,
  class: look = '',
  children,
  label,
  state,
}: Look & { readonly id: ActionId; readonly state?: string }) {
  const { act, attributes } = useBound(id, label)
  return (
    <button type="button" class={`button ${look}`} {...attributes} data-state={state} onClick={() => act()}>
      {children ?? label}
    </button>
  )
}

/** A button that switches a dial over. It is pressed where the dial is on, unless something else says so. */
export function Toggle({
  id,
  class: look = '',
  children,
  label,
  pressed,
}: Look & { readonly id: DialId; readonly pressed?: boolean }) {
  const { act, attributes } = useBound(id, label)
  const value = useSetting(id)
  const isPressed = pressed ?? value.value > 0
  return (
    <button type="button" class={`button ${look}`} {...attributes} aria-pressed={isPressed} onClick={() => act()}>
      {children ?? label}
    </button>
  )
}

type ChoiceProps = {
  readonly id: DialId
  /** What each value is called, from 0 on. */
  readonly words: readonly string[]
}

/** One of a dial's few values, side by side. */
export function Choice({ id, words }: ChoiceProps) {
  const { act, attributes } = useBound(id)
  const value = useSetting(id)
  return (
    <fieldset class="choice" {...attributes}>
      {words.map((word, index) => (
        <button
          type="button"
          class="button"
          key={word}
          title={attributes.title}
          aria-pressed={value.value === index}
          onClick={() => act(index)}
        >
          {word}
        </button>
      ))}
    </fieldset>
  )
}

type MenuProps = { readonly id: DialId; readonly name: string; readonly least: number; readonly most: number }

/** One of a dial's many values, in a menu. */
export function Menu({ id, name, least, most }: MenuProps) {
  const { act, pick, attributes } = useBound(id)
  const value = useSetting(id)
  return (
    <label class="field">
      <span class="name">{name}</span>
      <select
        {...attributes}
        value={value.value}
        onMouseDown={(event) => {
          if (pick()) event.preventDefault()
        }}
        onChange={({ currentTarget }) => act(Number(currentTarget.value))}
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
