/**
 * Keys that a field takes, and those that press what has the focus, are not the instrument's. All others are, wherever
 * the focus is.
 */
export function keepOwnKeys(event: KeyboardEvent): void {
  const { target, key } = event
  if (!(target instanceof Element)) return
  const isPressed = target.matches('button') && (key === ' ' || key === 'Enter')
  if (isPressed || target.matches('input, select, textarea')) event.stopPropagation()
}

/**
 * A mouse or a finger does not take the focus along, but into a field: else the space bar would press the last button
 * again, in the middle of a performance.
 */
export function keepFocus(event: MouseEvent): void {
  const { target } = event
  if (!(target instanceof Element) || target.closest('.panel, input, select, textarea')) return
  event.preventDefault()
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
