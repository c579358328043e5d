import { useRef } from 'preact/hooks'
import { type Dial, dials, type SettingId } from '../../session/index.ts'
import { labelOf, useBound, useSetting, useStage } from './bound.ts'

/** How many pixels of a drag are a step. */
const dragStep = 4

/** A number that is typed, dragged up and down, or stepped by wheel and keys. */
export function NumberField({ id, name }: { readonly id: SettingId; readonly name: string }) {
  const { session } = useStage()
  const value = useSetting(id)
  const field = useRef<HTMLInputElement>(null)
  const { least, most, step, nudge = step ?? 1 }: Dial = dials[id]
  const { act, pick, attributes } = useBound(id, `${labelOf(id)}, ${least} to ${most}`)

  const restore = () => {
    if (field.current) field.current.value = shown(session.peek().settings[id])
  }
  const apply = () => {
    const typed = field.current?.value.trim().replace(',', '.')
    if (typed && Number.isFinite(Number(typed))) act(Number(typed))
    restore()
  }
  const drag = (down: PointerEvent) => {
    const input = down.currentTarget as HTMLInputElement
    if (input === document.activeElement) return
    down.preventDefault()
    if (pick()) return
    const from = value.peek()
    let isDragged = false
    input.setPointerCapture(down.pointerId)
    const move = (now: PointerEvent) => {
      const steps = Math.trunc((down.clientY - now.clientY) / dragStep)
      if (steps === 0 && !isDragged) return
      isDragged = true
      act(from + steps * nudge)
    }
    const end = () => {
      input.removeEventListener('pointermove', move)
      if (!isDragged) input.select()
    }
    input.addEventListener('pointermove', move)
    input.addEventListener('lostpointercapture', end, { once: true })
  }
  const press = (event: KeyboardEvent) => {
    const { key } = event
    if (key === 'Escape') restore()
    if (key === 'ArrowUp') act(undefined, 1)
    else if (key === 'ArrowDown') act(undefined, -1)
    else if (key === 'Enter' || key === 'Escape') field.current?.blur()
    else return
    event.preventDefault()
  }
  return (
    <label class="field">
      <span class="name">{name}</span>
      <input
        ref={field}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        {...attributes}
        value={shown(value.value)}
        onChange={apply}
        onPointerDown={drag}
        onMouseDown={(event) => {
          if (event.currentTarget !== document.activeElement) event.preventDefault()
        }}
        onKeyDown={press}
        onWheel={(event) => {
          event.preventDefault()
          act(undefined, event.deltaY < 0 ? 1 : -1)
        }}
      />
    </label>
  )
}

/** A value with one decimal: tapped tempi have fractions. */
function shown(value: number): string {
  return String(Number(value.toFixed(1)))
}
