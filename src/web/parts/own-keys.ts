/** The keys that elements handle themselves. A menu finds its options by letters, and leaves only panic to the instrument. */
const ownKeys = [
  { of: '[type="range"]', keys: /^(Arrow|Page|Home|End)/ },
  { of: 'button, a, summary, [type="file"]', keys: /^( |Enter)$/ },
  { of: 'select', keys: /^(?!Escape)/ },
  { of: 'input, textarea', keys: /^/ },
]

/** Whether the last thing that was used is a mouse or a finger, and not a key. */
let isPointed = false

/**
 * Stops keys that the focused element handles itself, so that the instrument does not get them: letters in a field,
 * arrows on a slider, Enter on a button. The instrument gets all others, wherever the focus is.
 */
export function handleOwnKeys(event: KeyboardEvent): void {
  const { target, key } = event
  isPointed = false
  if (!(target instanceof Element)) return
  if (ownKeys.find(({ of }) => target.matches(of))?.keys.test(key)) event.stopPropagation()
}

/**
 * Prevents a mouse or a finger from moving the focus, except into a field. Otherwise the space bar would press the last
 * button again in the middle of a performance.
 */
export function preventFocus(event: MouseEvent): void {
  const { target, detail } = event
  // A screen reader's click has no count.
  isPointed = detail > 0
  if (!(target instanceof Element) || target.closest('.panel, input, select, textarea')) return
  event.preventDefault()
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

/** Removes the focus from a menu that a mouse or a finger has used. Whoever goes from field to field by keys stays there. */
export function releaseFocus({ target }: Event): void {
  if (isPointed && target instanceof HTMLSelectElement) target.blur()
}
