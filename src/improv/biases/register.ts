import type { PitchRange } from '../../models/index.ts'
import type { MidiPitch } from '../../music/index.ts'
import { addToEach, type LogitBias, lessBy } from './logit-bias.ts'

/** What {@link register} goes by. */
export type RegisterOptions = {
  /** From 0, as the model says, to 1, within an octave of the hand. */
  readonly register: number
  /** The slow middle of what the hand plays, and the key that it plays now; null where that is not known. */
  readonly place: { readonly middle: number; readonly key: MidiPitch } | null
  readonly contour: number
  readonly range: PitchRange
}

/** Counts for less than harmony, and for more than {@link contour}, where all are at 1. */
const never = -3e3

/** How far from the hand a pitch is at most, in semitones. */
const octave = 12

/**
 * How strongly the line is drawn back, in semitones: as by a bell curve of this spread around the hand, but for what
 * that has against leaps. So leaps towards the hand come as much more often as leaps away come less.
 */
const spread = 9

/**
 * Keeps to where the hand is: within an octave of its middle, and rather back towards it than away. The more the line
 * follows the hand, the more it is the key itself that counts: so the line can go the hand's way for ever, and does not
 * climb away from it.
 */
export const register: LogitBias<RegisterOptions> = (bias, { last }, { register, place, contour, range }) => {
  if (!place || register === 0) return
  const [lowest, highest] = range
  const within = (pitch: number) => Math.min(highest, Math.max(lowest, pitch))
  const [middle, key] = [within(place.middle), within(place.key)]
  const away = last - middle - contour * (key - middle)
  const back = (-register * Math.min(octave, Math.max(-octave, away))) / spread ** 2
  const [bottom, top] = [Math.min(middle, key) - octave, Math.max(middle, key) + octave]
  const far = lessBy(register, never)
  addToEach(bias, (interval) => {
    const pitch = last + interval
    return interval * back + (pitch < bottom || pitch > top ? far : 0)
  })
}
