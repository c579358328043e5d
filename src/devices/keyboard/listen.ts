import type { SessionInput } from '../../session/index.ts'
import type { KeyPiano } from './key-piano.ts'

/**
 * Lets a page's keys play a piano. Keys that belong to the browser's shortcuts or to a text field are left alone. When the
 * page loses the keyboard, all keys go up.
 *
 * @param play receives what keys do, with their time on `performance.now()`'s clock.
 * @param changed called when the piano has another octave or another velocity.
 * @returns what ends it.
 */
export function listenToKeys(
  piano: KeyPiano,
  play: (input: SessionInput, timeStampMs: number) => void,
  changed: () => void = () => {},
): () => void {
  const ended = new AbortController()
  const { signal } = ended
  const playAll = (inputs: readonly SessionInput[], timeStampMs: number) => {
    for (const input of inputs) play(input, timeStampMs)
  }
  const letGo = ({ timeStamp }: { readonly timeStamp: number }) => playAll(piano.letGo(), timeStamp)

  const down = (event: KeyboardEvent) => {
    const { code, timeStamp, shiftKey } = event
    // With a modifier down, macOS doesn't say when other keys go up.
    if (event.ctrlKey || event.metaKey || event.altKey) return letGo(event)
    if (event.defaultPrevented || isTyped(event) || !piano.has(code)) return
    event.preventDefault()
    if (event.repeat) return
    const { pitch, velocity } = piano
    playAll(piano.down(code, shiftKey), timeStamp)
    if (piano.pitch !== pitch || piano.velocity !== velocity) changed()
  }
  addEventListener('keydown', down, { signal })
  addEventListener('keyup', ({ code, timeStamp }) => playAll(piano.up(code), timeStamp), { signal })
  addEventListener('blur', letGo, { signal })
  document.addEventListener('visibilitychange', (event) => document.hidden && letGo(event), { signal })
  return () => {
    ended.abort()
    playAll(piano.letGo(), performance.now())
  }
}

/** Kinds of inputs that no text is typed into. */
const textless = new Set(['range', 'checkbox', 'radio', 'button', 'submit', 'reset', 'color', 'file'])

/** Whether a key belongs to a text that somebody writes. */
function isTyped(event: KeyboardEvent): boolean {
  const place = event.composedPath()[0]
  if (event.isComposing || !(place instanceof HTMLElement)) return event.isComposing
  if (place instanceof HTMLInputElement) return !textless.has(place.type)
  return place.isContentEditable || place instanceof HTMLTextAreaElement || place instanceof HTMLSelectElement
}
