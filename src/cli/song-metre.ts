import type { MidiSong } from '../io/midi-file/index.ts'
import { fourFour, type Metre, metre } from '../music/index.ts'
import { sentence } from './input-error.ts'

/**
 * The metre at a file's start; 4/4 where it has none there.
 *
 * @throws InputError with a sentence that names the file when it is no metre.
 */
export function songMetre({ timeSignatures: [first] }: MidiSong, path: string): Metre {
  if (!first || first.beat > 0) return fourFour
  return sentence(path, () => metre(first.numerator, first.denominator))
}
