import type { Random, Twelfths } from '../../models/index.ts'
import type { PhraseGrid } from './phrase-grid.ts'

/** A phrase as it is planned: where its first and its last note begin. */
export type PlannedPhrase = { readonly first: Twelfths; readonly last: Twelfths }

/** The middle of how long phrases are, from the first to the last onset, and its spread as a factor: those in Weimar that fit a turn of four. */
const length = { middle: 60, spread: 2.2 } as const

/** Likewise from the last onset of a phrase to the first of the next. */
const gap = { middle: 33, spread: 1.7, least: 15 } as const

/** How far ahead of the hand-over the last note of a turn begins, at least and at most. */
const [shortestEnd, longestEnd]: [Twelfths, Twelfths] = [7, 30]

/** How late the first phrase of a turn begins at most, in measures and as a share of the turn. */
const latestStart = { measures: 0.65, share: 0.25 } as const

/** How much room a phrase needs. */
const leastRoom: Twelfths = 24

/** How often phrases begin and end at each twelfth of a beat (Weimar: 64 % begin and 63 % end off the beat). */
const starts = [36, 0, 1, 6, 4, 1, 32, 1, 5, 13, 1, 0]
const ends = [37, 0, 1, 5, 5, 1, 29, 1, 9, 13, 1, 0]

/** A turn that is to be planned. */
export type TurnToPlan = {
  readonly grid: PhraseGrid
  readonly from: Twelfths
  /** The hand-over. */
  readonly end: Twelfths
  /** Phrases to begin with, in their order: those of the call, where they are echoed. */
  readonly given: readonly PlannedPhrase[]
}

/**
 * Plans the phrases of a turn: there is at least one, as long as there is room for a note, and the last one ends in time for
 * the hand-over.
 */
export function planTurn({ grid, from, end, given }: TurnToPlan, random: Random): PlannedPhrase[] {
  const phrases: PlannedPhrase[] = []
  const lastEnd = Math.max(from, end - shortestEnd)
  if (end <= from) return phrases
  for (const { first, last } of given) {
    if (first >= from && last <= lastEnd && first >= (phrases.at(-1)?.last ?? from)) phrases.push({ first, last })
  }
  const draw = (least: Twelfths, most: Twelfths, chances: readonly number[]) =>
    drawPlace(grid, least, Math.max(least, most), chances, random)
  for (;;) {
    const before = phrases.at(-1)
    const latest = from + Math.min(latestStart.measures * grid.measure, latestStart.share * (end - from))
    if (before && before.last + gap.least > end - leastRoom) return phrases
    const rest = before && Math.min(end - leastRoom, before.last + Math.max(gap.least, Math.round(spread(gap, random))))
    const first = rest === undefined ? draw(from, Math.floor(latest), starts) : draw(rest - 6, rest, starts)
    const wanted = first + Math.round(spread(length, random))
    if (wanted + gap.middle + leastRoom < end) {
      phrases.push({ first, last: draw(wanted - 6, wanted + 6, ends) })
      continue
    }
    const least = Math.max(first, end - longestEnd, Math.round(first + (lastEnd - first) / 2))
    phrases.push({ first, last: draw(Math.max(first, Math.min(least, lastEnd)), lastEnd, ends) })
    return phrases
  }
}

/** A draw from a log-normal distribution, within two spreads of its middle. */
function spread({ middle, spread }: { readonly middle: number; readonly spread: number }, random: Random): number {
  // The sum of twelve uniform draws is as good as normal.
  let sum = -6
  for (let draw = 0; draw < 12; draw++) sum += random.next()
  return middle * spread ** Math.max(-2, Math.min(2, sum))
}

/** Draws a place between two, both included, by how common it is in its beat; the first one where none is. */
function drawPlace(
  grid: PhraseGrid,
  least: Twelfths,
  most: Twelfths,
  chances: readonly number[],
  random: Random,
): Twelfths {
  const weights: number[] = []
  for (let time = least; time <= most; time++) {
    weights.push(grid.allows(time) ? (chances[grid.placeOf(time) % 12] as number) : 0)
  }
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return least + Math.max(0, index)
}
