import { heardMeasures, type MeasureMap, type MidiSong, measureNumber } from '../io/midi-file/index.ts'
import type { Metre } from '../music/index.ts'
import { sentence } from './input-error.ts'

/**
 * The metre of a file's first full measure.
 *
 * @throws InputError with a sentence that names the file when its first time signature is not a metre.
 */
export function songMetre(song: MidiSong, path: string): Metre {
  return measureNumber(sentence(path, () => heardMeasures(song)).map, 1).metre
}

/**
 * Where a file's measures lie. What is wrong with the file although it can be played is said on the way.
 *
 * @param metre counts instead of the file's own metres.
 * @throws InputError with a sentence that names the file when its first time signature is not a metre.
 */
export function songMeasures(song: MidiSong, path: string, metre?: Metre): MeasureMap {
  if (metre) return [{ beat: 0, metre, bar: 1, measures: Number.POSITIVE_INFINITY }]
  const { map, notices } = sentence(path, () => heardMeasures(song))
  for (const notice of notices) process.stderr.write(`${path} ${notice}\n`)
  return map
}
