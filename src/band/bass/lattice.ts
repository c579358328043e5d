import type { MidiPitch } from '../../music/index.ts'

/** A step of a line: what each pitch costs there. */
export type Column = { readonly pitches: readonly MidiPitch[]; readonly costs: readonly number[] }

/**
 * The cheapest line through some columns, a pitch from each (Viterbi). What a pitch costs depends on the column, and on the
 * two before it: on the interval from the one before, and on whether the line goes on in its direction.
 *
 * @param interval what the way from one pitch to the next costs, where the line before went up (1), down (-1) or nowhere (0).
 */
export function cheapestLine(
  columns: readonly Column[],
  from: MidiPitch | null,
  interval: (from: MidiPitch, to: MidiPitch, direction: number, column: number) => number,
): MidiPitch[] {
  let states: State[] = [{ pitch: from, direction: 0, cost: 0, before: null }]
  for (const [index, { pitches, costs }] of columns.entries()) {
    const best = new Map<number, State>()
    for (const [place, pitch] of pitches.entries()) {
      const own = costs[place] ?? 0
      for (const state of states) {
        const direction = state.pitch === null ? 0 : Math.sign(pitch - state.pitch)
        const way = state.pitch === null ? 0 : interval(state.pitch, pitch, state.direction, index)
        const cost = state.cost + own + way
        const key = pitch * 3 + direction
        const known = best.get(key)
        if (!known || cost < known.cost) best.set(key, { pitch, direction, cost, before: state })
      }
    }
    states = [...best.values()]
  }
  let last: State | null = states.reduce((one, other) => (other.cost < one.cost ? other : one))
  const line: MidiPitch[] = []
  for (; last?.before; last = last.before) if (last.pitch !== null) line.unshift(last.pitch)
  return line
}

type State = {
  readonly pitch: MidiPitch | null
  readonly direction: number
  readonly cost: number
  readonly before: State | null
}
