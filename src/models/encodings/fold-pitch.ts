import { pitchClass } from '../../music/index.ts'
import type { PitchRange } from './encoding.ts'

/**
 * Moves a pitch into a range by octaves, no further than it has to. Where a range of less than an octave does not have
 * the pitch's name, it is the end of the range that is further away.
 */
export function foldPitch(pitch: number, [lowest, highest]: PitchRange): number {
  if (pitch < lowest) return Math.min(highest, lowest + pitchClass(pitch - lowest))
  return pitch > highest ? Math.max(lowest, highest - pitchClass(highest - pitch)) : pitch
}
