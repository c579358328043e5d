import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/**
 * Keeps the focus in a dialog while it is open, and gives it back. Escape closes the dialog before anything else hears
 * of the key: only the next one is panic. What is outside stays within reach of mouse, touch and MIDI.
 */
export function useFocusTrap(dialog: RefObject<HTMLElement | null>, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    const place = dialog.current
    if (!place) return
    const before = document.activeElement
    place.focus()
    const hear = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault()
        event.stopImmediatePropagation()
        latest.current()
      } else if (event.key === 'Tab') keepInside(place, event)
    }
    window.addEventListener('keydown', hear, { capture: true })
    return () => {
      window.removeEventListener('keydown', hear, { capture: true })
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [dialog])
}

const reachable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

/** From the last thing on goes to the first, and back. */
function keepInside(place: HTMLElement, event: KeyboardEvent): void {
  const inside = [...place.querySelectorAll<HTMLElement>(reachable)].filter(
    (each) => !each.matches(':disabled, [tabindex="-1"]') && each.checkVisibility(),
  )
  const first = inside[0]
  const last = inside.at(-1)
  const at = document.activeElement
  if (at instanceof HTMLElement && inside.includes(at) && at !== (event.shiftKey ? first : last)) return
  event.preventDefault()
  const next = event.shiftKey ? last : first
  next?.focus()
}
