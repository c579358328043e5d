import type { Twelfths } from '../../models/index.ts'
import type { LineNote } from './heard-line.ts'
import type { PhraseGrid } from './phrase-grid.ts'

/** The places of a beat that belong to triplets, to sixteenths, and to neither. */
const [triplets, sixteenths, odd] = [new Set([2, 4, 8, 10]), new Set([3, 9]), new Set([1, 5, 7, 11])]

/** How many off-beats, all divided in one way, say how somebody divides a beat; soloists who mean both have both in fewer. */
const leastOffBeats = 16

/** The grid of an answer: where a call divides its beats in one way, a lone note that is divided otherwise would be a slip. */
export function gridOfCall(line: readonly LineNote[], grid: PhraseGrid): PhraseGrid {
  const places = line.map(({ time }) => grid.placeOf(time) % 12).filter((place) => place !== 0)
  if (places.length < leastOffBeats) return grid
  const isMissing = (of: ReadonlySet<Twelfths>) => !places.some((place) => of.has(place))
  const [noTriplets, noSixteenths] = [isMissing(triplets), isMissing(sixteenths)]
  const missing = [odd, ...(noTriplets ? [triplets] : noSixteenths ? [sixteenths] : [])].filter(isMissing)
  return {
    ...grid,
    allows: (time) => grid.allows(time) && !missing.some((of) => of.has(grid.placeOf(time) % 12)),
  }
}
