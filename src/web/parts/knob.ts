import { type ReadonlySignal, useComputed } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type Amount, knobValue, type SettingId, settings } from '../../session/index.ts'
import { useBound, useNumber } from './bound.ts'

/** How far a dial is turned, from 0 to 1, after a drag from one place to another. */
type Reach = (from: number, down: PointerEvent, now: PointerEvent) => number

/** How far a wheel turns for a step. */
const wheelStep = 100

/** The steps by which each key moves a dial. */
const keySteps: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 5,
  PageDown: -5,
}

/** A knob or fader for a dial: it is dragged, turned by wheel and keys, and reset by a double click. */
export function useKnob(id: SettingId, reach: Reach, words: (value: number) => string = (value) => worded(id, value)) {
  const value = useNumber(id)
  const { set, nudge, pick, attributes } = useBound(id)
  const wheel = useRef(0)
  const { least, most, initial, step } = amountOf(id)
  const turned: ReadonlySignal<number> = useComputed(() => turnedBy(id, value.value))

  const drag = (down: PointerEvent) => {
    if (pick() || down.button > 0) return
    const from = turned.peek()
    let last = from
    const knob = down.currentTarget as HTMLElement
    knob.setPointerCapture(down.pointerId)
    const move = (now: PointerEvent) => {
      if (now.pointerId !== down.pointerId) return
      const to = share(reach(from, down, now))
      if (to !== last) set(valueAt(id, to))
      last = to
    }
    const end = ({ pointerId }: PointerEvent) => {
      if (pointerId !== down.pointerId) return
      knob.removeEventListener('pointermove', move)
      knob.removeEventListener('lostpointercapture', end)
    }
    knob.addEventListener('pointermove', move)
    knob.addEventListener('lostpointercapture', end)
    move(down)
  }
  const go = (steps: number) => {
    if (step) nudge(steps)
    else set(valueAt(id, share(turned.peek() + steps / 20)))
  }
  const press = (event: KeyboardEvent) => {
    const by = keySteps[event.key]
    if (by !== undefined) go(by)
    else if (event.key === 'Home') set(least)
    else if (event.key === 'End') set(most)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const roll = (event: WheelEvent) => {
    event.preventDefault()
    wheel.current += event.deltaY
    const steps = Math.trunc(wheel.current / wheelStep)
    wheel.current -= steps * wheelStep
    if (steps !== 0) go(-steps)
  }
  const says = words(value.value)
  return {
    turned,
    says,
    attributes: {
      ...attributes,
      role: 'slider' as const,
      tabIndex: 0,
      'aria-valuemin': least,
      'aria-valuemax': most,
      'aria-valuenow': value.value,
      'aria-valuetext': says,
      onPointerDown: drag,
      onKeyDown: press,
      onWheel: roll,
      onDblClick: () => set(initial),
    },
  }
}

function amountOf(id: SettingId): Amount {
  return settings[id] as Amount
}

/** How far a dial is turned at a value, from 0 to 1. */
function turnedBy(id: SettingId, value: number): number {
  const { least, most, ratios } = amountOf(id)
  if (isVolume(id)) return (value / most) ** (1 / taper)
  return ratios ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least)
}

/** The value of a dial that is turned so far: the inverse of {@link turnedBy}. */
function valueAt(id: SettingId, turned: number): number {
  const amount = amountOf(id)
  return isVolume(id) ? amount.most * turned ** taper : Number(knobValue(amount, turned))
}

/** In the middle of its travel, a volume is 1. */
const taper = Math.log(1 / 5) / Math.log(1 / 2)

function isVolume(id: SettingId): boolean {
  return id.startsWith('volume-')
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/** A value as text. */
function worded(id: SettingId, value: number): string {
  const { step, ratios } = amountOf(id)
  if (step) return String(value)
  return ratios ? value.toFixed(2) : `${Math.round(100 * value)}%`
}
