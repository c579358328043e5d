import { addToEach, type LogitBias, lessBy } from './logit-bias.ts'
import type { MemoryOptions } from './memory.ts'

/** What the odds of a pitch outside the performer's range lose. */
const outside = lessBy(0.9, -1e3)

/**
 * Keeps to where the performer plays: within the range, and rather towards its middle than away. It goes by where the line has been lately, not by its
 * last note: a line may go far for a while, and come back.
 */
export const habitualRange: LogitBias<MemoryOptions> = (bias, { last, sounded, recall }, { memory }) => {
  const { range } = memory > 0 ? recall() : { range: null }
  if (!range) return
  const { lowest, highest, middle, spread } = range
  // As by a bell curve around the middle, without what that has against leaps.
  const back = (middle - sounded.register) / spread ** 2
  addToEach(bias, (interval) => {
    const pitch = last + interval
    return memory * (interval * back + (pitch < lowest || pitch > highest ? outside : 0))
  })
}
