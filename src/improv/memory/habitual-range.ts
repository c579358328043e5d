import type { MidiPitch } from '../../music/index.ts'
import type { Tally } from './tally.ts'

/** Where somebody plays, in MIDI pitches. */
export type HabitualRange = {
  /** All but one in a hundred of the pitches to either side are within. */
  readonly lowest: MidiPitch
  readonly highest: MidiPitch
  /** Their mean, and their standard deviation. */
  readonly middle: number
  readonly spread: number
}

/** Pitches with a smaller share than this are outside the range. */
const rareShare = 0.01
/** In semitones: nobody keeps to a few keys. */
const leastSpread = 4

/** The range of pitches that were counted, all in one context; null where there are none. */
export function rangeOf(keys: Tally, pitches: number): HabitualRange | null {
  const all = keys.total(0)
  if (all === 0) return null
  let [sum, square, below, lowest, highest] = [0, 0, 0, -1, 0]
  for (let key = 0; key < pitches; key++) {
    const count = keys.count(0, key)
    if (count === 0) continue
    below += count
    sum += count * key
    square += count * key ** 2
    if (lowest < 0 && below > rareShare * all) lowest = key
    if (below - count < (1 - rareShare) * all) highest = key
  }
  const middle = sum / all
  return { lowest, highest, middle, spread: Math.max(leastSpread, Math.sqrt(square / all - middle ** 2)) }
}
