import type { MidiPitch } from '../../music/index.ts'

/** A step of a line: what each pitch costs there. */
export type Column = { readonly pitches: readonly MidiPitch[]; readonly costs: readonly number[] }

/**
 * What the way to a pitch costs.
 *
 * @param before the pitch before `from`; null where there is none.
 */
export type WayCost = (before: MidiPitch | null, from: MidiPitch, to: MidiPitch, column: number) => number

/**
 * The cheapest line through some columns, a pitch from each (Viterbi). What a pitch costs depends on the column, and on the
 * two before it. Lines that come to a pitch by like motion, up or down by a step, a skip or a leap, are one: the cheapest of
 * them goes on.
 *
 * @param tail what was played before, the last pitch at the end.
 * @param hopeless a line that costs this much more than another, up to the same column, is given up.
 */
export function cheapestLine(
  columns: readonly Column[],
  tail: readonly MidiPitch[],
  way: WayCost,
  hopeless = Number.POSITIVE_INFINITY,
): MidiPitch[] {
  let states: State[] = [{ pitch: tail.at(-1) ?? null, from: tail.at(-2) ?? null, cost: 0, line: null }]
  for (const [index, { pitches, costs }] of columns.entries()) {
    const best: State[] = []
    let least = Number.POSITIVE_INFINITY
    for (const [place, pitch] of pitches.entries()) {
      const own = costs[place] ?? 0
      for (const state of states) {
        const { pitch: from } = state
        const cost = state.cost + own + (from === null ? 0 : way(state.from, from, pitch, index))
        if (cost > least + hopeless) continue
        if (cost < least) least = cost
        const key = place * kinds + (from === null ? 0 : kindOf(pitch - from))
        const known = best[key]
        if (!known || cost < known.cost) best[key] = { pitch, from, cost, line: state }
      }
    }
    const most = least + hopeless
    states = best.filter(({ cost }) => cost <= most)
  }
  let last: State | null = states.reduce((one, other) => (other.cost < one.cost ? other : one))
  const line: MidiPitch[] = []
  for (; last?.line; last = last.line) if (last.pitch !== null) line.unshift(last.pitch)
  return line
}

/** A line so far: its last pitch, the one before that, and the rest. */
type State = {
  readonly pitch: MidiPitch | null
  readonly from: MidiPitch | null
  readonly cost: number
  readonly line: State | null
}

/** A step is at most this wide, and a skip at most that. */
export const widestStep = 2
export const widestSkip = 4

const kinds = 7

/** The motion of an interval: 0 for none, else up or down by a step, a skip or a leap. */
function kindOf(interval: number): number {
  if (interval === 0) return 0
  const size = Math.abs(interval)
  return (size <= widestStep ? 1 : size <= widestSkip ? 2 : 3) + (interval < 0 ? 3 : 0)
}
