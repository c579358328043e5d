import type { Evening, PlayedNote } from '../../improv/index.ts'

/**
 * What a file holds of a performer, as an evening: the same one whenever it is learnt, on the page or on the command line.
 *
 * @param name the file's.
 * @param changed when the file was changed last: the evening's day.
 */
export function eveningOf(notes: readonly PlayedNote[], name: string, changed: Date): Evening {
  const title = name.replace(/\.[^.]*$/, '').slice(0, 60)
  return { id: `${title}-${hashOf(JSON.stringify(notes))}`, day: changed.toISOString().slice(0, 10), notes }
}

/** FNV-1a from two starts, which tells a performer's files apart: nobody has to be kept from making two alike. */
function hashOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0x01234567]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x01000193)
  }
  return [one, other].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
