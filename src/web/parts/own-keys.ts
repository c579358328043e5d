/** Every key is a text's, and every key but panic's a menu's, which finds by letters what it has. */
const ownKeys = [
  { of: '[type="range"]', keys: /^(Arrow|Page|Home|End)/ },
  { of: 'button, a, summary, [type="file"]', keys: /^( |Enter)$/ },
  { of: 'select', keys: /^(?!Escape)/ },
  { of: 'input, textarea', keys: /^/ },
]

/** Whether a mouse or a finger was the last to do something, and not a key. */
let isPointed = false

/**
 * Keys that what has the focus takes are not the instrument's: those that are typed, those that turn it and those that
 * press it. All others are, wherever the focus is.
 */
export function keepOwnKeys(event: KeyboardEvent): void {
  const { target, key } = event
  isPointed = false
  if (!(target instanceof Element)) return
  if (ownKeys.find(({ of }) => target.matches(of))?.keys.test(key)) event.stopPropagation()
}

/**
 * A mouse or a finger does not take the focus along, but into a field: else the space bar would press the last button
 * again, in the middle of a performance.
 */
export function keepFocus(event: MouseEvent): void {
  const { target, detail } = event
  // A click that a reader of screens makes has no count.
  isPointed = detail > 0
  if (!(target instanceof Element) || target.closest('.panel, input, select, textarea')) return
  event.preventDefault()
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

/** A menu that a mouse or a finger has used gives the keys back; whoever goes from field to field by keys stays there. */
export function giveKeysBack({ target }: Event): void {
  if (isPointed && target instanceof HTMLSelectElement) target.blur()
}
