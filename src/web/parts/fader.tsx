import { useRef } from 'preact/hooks'
import type { Track } from '../../session/index.ts'
import { useStage } from './bound.ts'
import { useKnob } from './knob.ts'
import { useFrames } from './use-frames.ts'

/** A track's volume, with its level below. */
export function Fader({ track }: { readonly track: Track }) {
  const { sound } = useStage()
  const way = useRef<HTMLSpanElement>(null)
  const meter = useRef<HTMLElement>(null)
  const reach = (from: number, _down: PointerEvent, now: PointerEvent) => {
    if (!way.current) return from
    const { left, width } = way.current.getBoundingClientRect()
    return (now.clientX - left) / width
  }
  const { turned, attributes } = useKnob(`volume-${track}`, reach)
  useFrames(() => {
    if (meter.current)
      meter.current.style.transform = `scaleX(${Math.sqrt(Math.min(1, sound.level(track))).toFixed(3)})`
  })
  const { value } = turned
  return (
    <div class="fader" {...attributes}>
      <span class="way" ref={way}>
        <i class="turned" style={{ transform: `scaleX(${value.toFixed(3)})` }} />
        <i class="thumb" style={{ left: `${(100 * value).toFixed(1)}%` }} />
        <i class="level" ref={meter} />
      </span>
    </div>
  )
}
