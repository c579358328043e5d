import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/**
 * Traps the focus in a dialog while it is open, and restores it afterwards. Escape closes the dialog, and only the next
 * Escape is panic. Mouse, touch and MIDI still reach everything outside.
 */
export function useFocusTrap(dialog: RefObject<HTMLElement | null>, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    const place = dialog.current
    if (!place) return
    const before = document.activeElement
    place.focus()
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault()
        event.stopImmediatePropagation()
        latest.current()
      } else if (event.key === 'Tab') wrapFocus(place, event)
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [dialog])
}

const reachable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

/** Goes from the last element to the first, and back. */
function wrapFocus(place: HTMLElement, event: KeyboardEvent): void {
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
