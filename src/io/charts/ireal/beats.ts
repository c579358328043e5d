import { type Beats, type Metre, measureBeats, measureShares } from '../../../music/index.ts'

/**
 * On which beats the chords of a measure fall that stand in these of its cells.
 *
 * A row of iReal has 16 cells whatever the metre, so a cell is not a beat. The cells of a measure share it evenly, but
 * four cells in triple time are its three beats and a margin. Each chord gets a beat of its own; where there are more
 * chords than beats they share the measure.
 *
 * @param cells the places of the chords, in order.
 * @param count how many cells the measure has.
 * @example cellBeats([0, 2], 4, parseMetre('4/4')) // => [0, 2]
 */
export function cellBeats(cells: readonly number[], count: number, metre: Metre): Beats[] {
  const { numerator, denominator } = metre
  const units = numerator
  const unit = 4 / denominator
  if (cells.length > units) return cells.map((_, index) => (index * measureBeats(metre)) / cells.length)
  // Where five or seven are shared evenly, the cells say no more than how many chords there are.
  const isOdd = units % 2 === 1 && units % 3 > 0
  if (isOdd && cells.every((cell, index) => cell * cells.length === index * count)) {
    return [...measureShares(metre, cells.length)]
  }
  const mainBeats = metre.groups.length
  // The middle of 5/4 is its fourth beat, that of 7/4 its fifth.
  const lean = units % 2 === 1 && count % 2 === 0 ? 0.5 : 0
  const isTriple = count === 4 && mainBeats === 3 && units % 3 === 0
  const places = cells.map((cell) =>
    isTriple ? Math.min(cell, 2) * (units / 3) : Math.floor((cell * units) / Math.max(count, 1) + lean),
  )
  // Two chords on one beat: the later one gives way, or the earlier ones where no beat is left.
  for (let index = 1; index < places.length; index++) {
    places[index] = Math.max(places[index] ?? 0, (places[index - 1] ?? 0) + 1)
  }
  for (let index = places.length - 1, most = units - 1; index >= 0; index--, most--) {
    places[index] = Math.min(places[index] ?? 0, most)
  }
  return places.map((place) => place * unit)
}
