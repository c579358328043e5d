/** What a measure of a chart says of the order in which it is played. */
export type Unfolding = {
  /** A repeat begins with it. */
  readonly begins: boolean
  /** The passes whose ending begins with it. */
  readonly ending: readonly number[] | null
  /** How many times what ends with it is played; 1 where no repeat ends, null for as often as there are endings, or twice. */
  readonly repeats: number | null
}

/** No chart is longer, its repeats written out. */
export const mostMeasures = 5000

/**
 * Measures in the order in which they are played: repeats and their endings are written out.
 *
 * @throws RangeError with a sentence for the user where that is too long.
 */
export function unfold<Measure extends Unfolding>(measures: readonly Measure[]): Measure[] {
  const played: Measure[] = []
  let from = 0
  while (from < measures.length) {
    const to = partEnd(measures, from)
    const part = measures.slice(from, to)
    const passes = passesOf(part)
    for (let pass = 1; pass <= passes; pass++) {
      played.push(...inPass(part, pass))
      if (played.length > mostMeasures) {
        throw new RangeError(`The chart has more than ${mostMeasures} measures: write it shorter.`)
      }
    }
    from = to
  }
  return played
}

/** Where a part that is repeated as a whole ends: at its last ending, at its `:|`, or where another begins. */
function partEnd(measures: readonly Unfolding[], from: number): number {
  let at = from
  let last = 0
  for (; at < measures.length; at++) {
    const measure = measures[at]
    if (!measure || (at > from && measure.begins)) break
    if (measure.ending) last = Math.max(last, ...measure.ending)
    if (measure.repeats === 1) continue
    const next = measures[at + 1]?.ending
    if (!next || Math.min(...next) <= last) return at + 1
  }
  return at
}

/** How often a part is played: as `:| x3` says, or else as its endings do, or twice. */
function passesOf(part: readonly Unfolding[]): number {
  const endings = Math.max(0, ...part.flatMap(({ ending }) => ending ?? []))
  const repeats = part.map((measure) => measure.repeats).filter((times) => times !== 1)
  const written = Math.max(0, ...repeats.map((times) => times ?? 0))
  if (repeats.length === 0 && endings === 0) return 1
  return Math.max(written, endings) || 2
}

/** The measures of a pass: those before the endings, and its own ending; the last one where it has none. */
function inPass<Measure extends Unfolding>(part: readonly Measure[], pass: number): Measure[] {
  const endings = part.flatMap(({ ending }, index) => (ending ? [{ index, passes: ending }] : []))
  const first = endings[0]?.index ?? part.length
  const own = endings.find(({ passes }) => passes.includes(pass)) ?? endings.at(-1)
  if (!own) return [...part]
  const end = endings.find(({ index }) => index > own.index)?.index ?? part.length
  return [...part.slice(0, first), ...part.slice(own.index, end)]
}
