import { useComputed, useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { metreText } from '../../music/index.ts'
import { useStage } from '../controls.tsx'
import { text } from '../text.ts'

/** The metres in the menu; any other is typed. */
const usual = ['2/4', '3/4', '4/4', '5/4', '7/4', '5/8', '6/8', '7/8', '3+2+2/8', '9/8', '12/8']

const other = 'other'

/** A long metre is smaller, so that it fits. */
const sizeOf = (metre: string) => `${Math.max(0.7, Math.min(1.125, 5.5 / metre.length))}rem`

/** Focuses the field in which another metre is typed. */
const focus = (field: HTMLInputElement | null) => field?.focus()

/** The current metre, or the next one if it is about to change. */
export function MetreField() {
  const { session, dispatch } = useStage()
  const id = useId()
  const isTyped = useSignal(false)
  const metre = useComputed(() => {
    const { next, form } = session.value.transport
    return metreText((next ?? form).metre)
  })
  const set = (typed: string) => {
    isTyped.value = false
    if (typed.trim() !== '' && typed !== metre.peek()) dispatch({ type: 'metre', metre: typed })
  }
  const known = usual.includes(metre.value) ? usual : [metre.value, ...usual]
  return (
    <div class="field metre">
      <label class="name" for={id}>
        {text.bar.metre}
      </label>
      {isTyped.value ? (
        <input
          id={id}
          type="text"
          autoComplete="off"
          ref={focus}
          value={metre.value}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onBlur={({ currentTarget }) => set(currentTarget.value)}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Escape') currentTarget.value = metre.peek()
            if (key === 'Escape' || key === 'Enter') currentTarget.blur()
          }}
        />
      ) : (
        <select
          id={id}
          value={metre.value}
          style={{ fontSize: sizeOf(metre.value) }}
          onChange={({ currentTarget }) => {
            if (currentTarget.value === other) isTyped.value = true
            else set(currentTarget.value)
          }}
        >
          {known.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
          <option value={other}>{text.bar.otherMetre}</option>
        </select>
      )}
    </div>
  )
}
