import type { Note } from '../music/index.ts'
import { InputError } from './input-error.ts'

/** The most notes that a hand plays. */
const most = 20_000

/**
 * A part of a file, for a hand to play.
 *
 * @param part null where the file has none.
 * @throws InputError with a sentence where there are no notes, or more than a hand plays.
 */
export function handNotes(part: { readonly notes: readonly Note[] } | null, path: string, what: string) {
  const notes = part?.notes ?? []
  if (notes.length === 0) throw new InputError(`${path} has no ${what}: choose a file with notes outside channel 10.`)
  if (notes.length <= most) return notes
  throw new InputError(`${path} has ${notes.length} notes: choose a phrase of up to ${most}.`)
}
