import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** Everything that is drawn in each frame, in one loop. */
const drawers = new Set<() => void>()
let frame = 0

function drawAll(): void {
  frame = drawers.size > 0 ? requestAnimationFrame(drawAll) : 0
  for (const draw of drawers) draw()
}

/** Calls a function in each frame. */
export function useFrames(draw: () => void): void {
  const latest = useRef(draw)
  latest.current = draw
  useEffect(() => {
    const drawLatest = () => latest.current()
    drawers.add(drawLatest)
    if (frame === 0) frame = requestAnimationFrame(drawAll)
    return () => {
      drawers.delete(drawLatest)
    }
  }, [])
}

/** A signal that is read again in each frame. Components render again only when its value changes. */
export function useFramed<Value extends string | number | boolean | null>(read: () => Value): ReadonlySignal<Value> {
  const value = useSignal(read())
  useFrames(() => {
    value.value = read()
  })
  return value
}

/** A function that returns whether any of its arguments has changed since the last call. */
export function useChanged(): (...parts: readonly unknown[]) => boolean {
  const last = useRef<readonly unknown[]>([])
  return (...parts) => {
    const isChanged = parts.some((part, index) => part !== last.current[index])
    last.current = parts
    return isChanged
  }
}
