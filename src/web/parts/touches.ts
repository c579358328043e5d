import { useRef } from 'preact/hooks'
import type { MidiPitch } from '../../music/index.ts'
import { useStage } from '../controls.tsx'
import { type KeyRange, keyAt } from './key-range.ts'

/** The velocity at the top of a key and at its bottom. */
const softest = 48
const hardest = 120

/** A finger that is down: where the keyboard was when it came down, and the key that it holds. */
type Finger = { readonly board: DOMRect; pitch: MidiPitch }

/** Plays keys by touch and mouse: a finger can slide to other keys, and is louder further down. */
export function useTouches(range: () => KeyRange) {
  const { dispatch } = useStage()
  const fingers = useRef(new Map<number, Finger>())

  const isHeld = (pitch: MidiPitch) => [...fingers.current.values()].some((finger) => finger.pitch === pitch)
  const strike = (pitch: MidiPitch, down: number) => {
    const depth = Math.min(1, Math.max(0, down))
    dispatch({ type: 'noteOn', pitch, velocity: Math.round(softest + (hardest - softest) * depth) })
  }
  const placeOn = (board: DOMRect, { clientX, clientY }: PointerEvent) => {
    const down = (clientY - board.top) / board.height
    return { pitch: keyAt(range(), (clientX - board.left) / board.width, down), down }
  }
  const lift = ({ pointerId }: PointerEvent) => {
    const finger = fingers.current.get(pointerId)
    if (!finger) return
    fingers.current.delete(pointerId)
    if (!isHeld(finger.pitch)) dispatch({ type: 'noteOff', pitch: finger.pitch })
  }
  return {
    isDown: () => fingers.current.size > 0,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button > 0) return
        const keys = event.currentTarget as HTMLElement
        keys.setPointerCapture(event.pointerId)
        const board = keys.getBoundingClientRect()
        const { pitch, down } = placeOn(board, event)
        const wasHeld = isHeld(pitch)
        fingers.current.set(event.pointerId, { board, pitch })
        if (!wasHeld) strike(pitch, down)
      },
      onPointerMove(event: PointerEvent) {
        const finger = fingers.current.get(event.pointerId)
        if (!finger) return
        const { pitch, down } = placeOn(finger.board, event)
        if (pitch === finger.pitch) return
        const left = finger.pitch
        const wasHeld = isHeld(pitch)
        finger.pitch = pitch
        if (!isHeld(left)) dispatch({ type: 'noteOff', pitch: left })
        if (!wasHeld) strike(pitch, down)
      },
      onPointerUp: lift,
      onPointerCancel: lift,
      onLostPointerCapture: lift,
    },
  }
}
