import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './fields.css'

/** A part of a panel, with its heading. */
export function Block({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const id = useId()
  return (
    <section class="block" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}

type Named = { readonly name: string; readonly title?: string | undefined }

type TextFieldProps = Named & {
  readonly value: string
  readonly onInput: (value: string) => void
  /** The id of the element that says what is wrong with it; undefined while nothing is. */
  readonly wrong?: string | undefined
  readonly placeholder?: string | undefined
  readonly wide?: boolean
  readonly numeric?: boolean
}

/** A text field. While it has the focus it shows what was typed, whatever becomes of the value. */
export function TextField({ name, title, value, onInput, wrong, placeholder, wide, numeric }: TextFieldProps) {
  const id = useId()
  const typed = useSignal<string | null>(null)
  return (
    <div class={wide ? 'field text wide' : 'field text'}>
      <label class="name" for={id}>
        {name}
      </label>
      <input
        id={id}
        type="text"
        title={title}
        inputMode={numeric ? 'decimal' : 'text'}
        autoComplete="off"
        spellcheck={false}
        size={1}
        value={typed.value ?? value}
        placeholder={placeholder}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value
          onInput(currentTarget.value)
        }}
        onBlur={() => {
          typed.value = null
        }}
      />
    </div>
  )
}

/** A text of several lines, as high as the text is long. */
export function LinesField({ name, value, onInput, wrong, placeholder }: TextFieldProps) {
  const id = useId()
  const typed = useSignal<string | null>(null)
  const shown = typed.value ?? value
  return (
    <div class="field text wide">
      <label class="name" for={id}>
        {name}
      </label>
      <textarea
        id={id}
        rows={Math.min(mostLines, 1 + shown.split('\n').length)}
        autoComplete="off"
        spellcheck={false}
        value={shown}
        placeholder={placeholder}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value
          onInput(currentTarget.value)
        }}
        onBlur={() => {
          typed.value = null
        }}
      />
    </div>
  )
}

/** Longer texts scroll. */
const mostLines = 40

type SelectFieldProps<Value extends string> = Named & {
  readonly value: Value
  /** The choices with their labels. */
  readonly options: readonly (readonly [value: Value, label: string])[]
  readonly onChoose: (value: Value) => void
  /** Whether only screen readers get its name, because it is seen elsewhere. */
  readonly nameless?: boolean
}

/** A choice. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { name, title, value, options, onChoose, nameless } = props
  const id = useId()
  return (
    <div class="field">
      <label class={nameless ? 'unseen' : 'name'} for={id}>
        {name}
      </label>
      <select
        id={id}
        title={title ?? name}
        value={value}
        onChange={({ currentTarget }) => onChoose(currentTarget.value as Value)}
      >
        {options.map(([each, label]) => (
          <option key={each} value={each}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}

type SliderProps = Named & {
  readonly value: number
  /** The value that a double click resets it to. */
  readonly initial: number
  readonly least: number
  readonly most: number
  readonly step: number
  /** The value in words. */
  readonly says: string
  readonly onInput: (value: number) => void
}

/** A slider. */
export function Slider({ name, title, value, initial, least, most, step, says, onInput }: SliderProps) {
  const id = useId()
  return (
    <div class="field slider">
      <label class="name" for={id}>
        {name}
      </label>
      <output for={id}>{says}</output>
      <input
        id={id}
        type="range"
        title={title ?? name}
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={says}
        onInput={({ currentTarget }) => onInput(currentTarget.valueAsNumber)}
        onDblClick={() => onInput(initial)}
      />
    </div>
  )
}

type SwitchProps = Named & {
  readonly on: boolean
  readonly onSwitch: (on: boolean) => void
  /** What it does, if its name does not say it. */
  readonly hint?: string | undefined
  readonly disabled?: boolean
  readonly nameless?: boolean
}

/** A switch. */
export function Switch({ name, title, on, onSwitch, hint, disabled = false, nameless = false }: SwitchProps) {
  const id = useId()
  return (
    <div class="switch">
      <button
        type="button"
        role="switch"
        title={title ?? hint ?? name}
        aria-checked={on}
        aria-labelledby={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        disabled={disabled}
        onClick={() => onSwitch(!on)}
      >
        <i class="knob" aria-hidden="true" />
      </button>
      <span class="words">
        <span id={id} class={nameless ? 'unseen' : ''}>
          {name}
        </span>
        {hint !== undefined && (
          <span class="quiet" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </span>
    </div>
  )
}

type PressProps = {
  readonly children: ComponentChildren
  readonly onPress: () => void
  readonly title?: string | undefined
  /** Its name for screen readers, if its content does not say enough without its place. */
  readonly label?: string | undefined
  readonly disabled?: boolean
  readonly class?: string
}

/** A button of a panel. */
export function Press({ children, onPress, title, label, disabled = false, class: look = '' }: PressProps) {
  return (
    <button
      type="button"
      class={`button small ${look}`}
      title={title ?? label}
      aria-label={label}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </button>
  )
}

type FilePickProps = {
  readonly children: ComponentChildren
  /** The file names that can be opened, such as `.json`. */
  readonly accept: string
  readonly onPick: (...files: [File, ...File[]]) => void
  /** Whether several files can be opened at once. */
  readonly multiple?: boolean
}

/** A button that opens a file. */
export function FilePick({ children, accept, multiple = false, onPick }: FilePickProps) {
  return (
    <label class="button small file">
      {children}
      <input
        type="file"
        class="unseen"
        accept={accept}
        multiple={multiple}
        onChange={({ currentTarget }) => {
          const [file, ...others] = currentTarget.files ?? []
          currentTarget.value = ''
          if (file) onPick(file, ...others)
        }}
      />
    </label>
  )
}
