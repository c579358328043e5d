import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** Everything that is drawn frame by frame, in one loop. */
const drawers = new Set<() => void>()
let frame = 0

function drawAll(): void {
  frame = drawers.size > 0 ? requestAnimationFrame(drawAll) : 0
  for (const draw of drawers) draw()
}

/** Draws something in each frame that the browser shows. */
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

/** What can be told anew in each frame; whoever reads it is rendered again only when it is another. */
export function useFramed<Value extends string | number | boolean | null>(tell: () => Value): ReadonlySignal<Value> {
  const told = useSignal(tell())
  useFrames(() => {
    told.value = tell()
  })
  return told
}

/** Tells whether anything that a picture is made from is another than it was the last time. */
export function useOthers(): (...parts: readonly unknown[]) => boolean {
  const last = useRef<readonly unknown[]>([])
  return (...parts) => {
    const isOther = parts.some((part, index) => part !== last.current[index])
    last.current = parts
    return isOther
  }
}
