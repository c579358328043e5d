import { isInThree, type MeasureMap, type MidiSong, measureMap, measureNumber } from '../io/midi-file/index.ts'
import type { Metre } from '../music/index.ts'
import { sentence } from './input-error.ts'

/**
 * The metre of a file's first full measure. Where it names none, it is 3/4 if the music is heard in three, or else 4/4.
 *
 * @throws InputError with a sentence that names the file when it is no metre.
 */
export function songMetre(song: MidiSong, path: string): Metre {
  return measureNumber(sentence(path, () => measureMap(signaturesOf(song))).map, 1).metre
}

/**
 * Where a file's measures lie. What is wrong with the file although it can be played is said on the way.
 *
 * @param metre counts instead of the file's own metres.
 * @throws InputError with a sentence that names the file when its first metre is none.
 */
export function songMeasures(song: MidiSong, path: string, metre?: Metre): MeasureMap {
  if (metre) return [{ beat: 0, metre, bar: 1, measures: Number.POSITIVE_INFINITY }]
  const signatures = signaturesOf(song)
  const { map, notices } = sentence(path, () => measureMap(signatures))
  if (signatures.length > song.timeSignatures.length)
    process.stderr.write(`${path} names no metre and is heard in 3/4: choose another with --metre.\n`)
  for (const notice of notices) process.stderr.write(`${path} ${notice}\n`)
  return map
}

function signaturesOf({ timeSignatures, parts }: MidiSong): MidiSong['timeSignatures'] {
  return timeSignatures.length === 0 && isInThree(parts) ? [{ beat: 0, numerator: 3, denominator: 4 }] : timeSignatures
}
