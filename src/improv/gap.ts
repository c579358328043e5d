import type { Seconds } from '../timing/index.ts'

/** How many rests are remembered. */
const remembered = 16

/** The fewest longer rests from which the end of a rest is guessed. */
const fewest = 3

/** By how much a rest is longer than others, at least, to be one of the longer ones. */
const clearly: Seconds = 0.25

/** The rests with one more, the newest last; the oldest are forgotten. */
export function withRest(rests: readonly Seconds[], rest: Seconds): readonly Seconds[] {
  return [...rests.slice(1 - remembered), rest]
}

/**
 * Where in a rest a performer is not expected back, in seconds from its beginning: from where it is longer than some of those
 * that they have left after phrases, up to where a quarter of the longer ones were over. Null where no stretch is long enough.
 *
 * @param rests those that are known. @param rested from here on it is known that they rest.
 * @example gapIn([0.5, 4, 3, 0.6, 5, 6], 0.3, 1) // => [0.75, 4]
 */
export function gapIn(
  rests: readonly Seconds[],
  rested: Seconds,
  shortest: Seconds,
): readonly [from: Seconds, to: Seconds] | null {
  const sorted = [...rests].sort((a, b) => a - b)
  for (let from = rested; ; ) {
    const longer = sorted.filter((rest) => rest > from)
    const [least] = longer
    if (least === undefined || longer.length < fewest) return null
    const to = longer[Math.floor(longer.length / 4)] as Seconds
    if (to - from >= shortest) return [from, to]
    from = least + clearly
  }
}
