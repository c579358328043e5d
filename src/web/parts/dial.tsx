import type { SettingId } from '../../session/index.ts'
import { useKnob } from './knob.ts'

type DialProps = {
  readonly id: SettingId
  /** The label beside the knob. */
  readonly name: string
  /** A value in words, where a number says too little. */
  readonly words?: (value: number) => string
}

/** How many pixels of a drag turn a knob all the way. */
const way = 180

/** How far a knob goes round, in degrees either way. */
const sweep = 135

/** A knob, with its name and its value beside it. */
export function Dial({ id, name, words }: DialProps) {
  const reach = (from: number, down: PointerEvent, now: PointerEvent) =>
    from + (down.clientY - now.clientY + (now.clientX - down.clientX) / 2) / way
  const { turned, says, attributes } = useKnob(id, reach, words)
  const angle = -sweep + 2 * sweep * turned.value
  return (
    <div class="dial" {...attributes}>
      <svg viewBox="-20 -20 40 40" aria-hidden="true">
        <path class="way" d={arc(-sweep, sweep)} />
        <path class="turned" d={arc(-sweep, angle)} />
        <line class="pointer" y1="-5" y2="-10.5" transform={`rotate(${angle})`} />
      </svg>
      <span class="name">{name}</span>
      <span class="value">{says}</span>
    </div>
  )
}

/** Part of a circle; degrees count from the top. */
function arc(from: number, to: number): string {
  const at = (degrees: number) => {
    const radians = ((degrees - 90) * Math.PI) / 180
    return `${(17 * Math.cos(radians)).toFixed(2)} ${(17 * Math.sin(radians)).toFixed(2)}`
  }
  return `M${at(from)}A17 17 0 ${to - from > 180 ? 1 : 0} 1 ${at(to)}`
}
