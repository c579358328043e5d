import { useRef } from 'preact/hooks'
import { type Amount, type SettingId, settings } from '../../session/index.ts'
import { labelOf, useBound, useNumber, useStage } from './bound.ts'

/** How many pixels of a drag are a step. */
const dragStep = 4

/** A number that is typed, dragged up and down, or stepped by wheel and keys. */
export function NumberField({ id, name }: { readonly id: SettingId; readonly name: string }) {
  const { session } = useStage()
  const value = useNumber(id)
  const field = useRef<HTMLInputElement>(null)
  const { least, most, step, nudge: moves = step ?? 1 } = settings[id] as Amount
  const { set, nudge, pick, attributes } = useBound(id, `${labelOf(id)}, ${least} to ${most}`)

  const restore = () => {
    if (field.current) field.current.value = shown(Number(session.peek().settings[id]))
  }
  const apply = () => {
    const typed = field.current?.value.trim().replace(',', '.')
    if (typed && Number.isFinite(Number(typed))) set(Number(typed))
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
      set(from + steps * moves)
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
    if (key === 'ArrowUp') nudge(1)
    else if (key === 'ArrowDown') nudge(-1)
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
          nudge(event.deltaY < 0 ? 1 : -1)
        }}
      />
    </label>
  )
}

/** A value with one decimal: tapped tempi have fractions. */
function shown(value: number): string {
  return String(Number(value.toFixed(1)))
}
