import type { Seconds } from '../timeline.ts'
import { type BeatTrack, drift, onsetJitter, type Place, perPulse, pressJitter } from './beat-tracks.ts'

/** The distance of the map's knots: half a pulse, so that measures of 7/8 begin on one, too. */
export const perKnot = perPulse / 2

/**
 * When each knot of the grid was played, from a place up to the end: the smoothest tempo that goes through what was
 * heard as nearly as hands play (penalised least squares: Eilers 2003, "A perfect smoother").
 *
 * @param from a knot at or before all places.
 */
export function beatMap(
  from: Place,
  { places, period }: Pick<BeatTrack, 'places' | 'period'>,
  onsets: readonly { readonly at: Seconds }[],
  press: Seconds,
): Seconds[] {
  const knots = 1 + Math.round(-from / perKnot)
  const size = Math.max(knots, 3)
  // The bands of a symmetric matrix: its diagonal, and the two beside it.
  const [diagonal, beside, beyond, right] = [0, 0, 0, 0].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const add = (band: Float64Array, index: number, value: number) => {
    band[index] = (band[index] as number) + value
  }
  const observe = (place: Place, at: Seconds, jitter: Seconds) => {
    const weight = 1 / jitter ** 2
    const where = (place - from) / perKnot
    const knot = Math.min(size - 2, Math.floor(where))
    const later = where - knot
    add(diagonal, knot, weight * (1 - later) ** 2)
    add(diagonal, knot + 1, weight * later ** 2)
    add(beside, knot, weight * later * (1 - later))
    add(right, knot, weight * (1 - later) * at)
    add(right, knot + 1, weight * later * at)
  }
  for (const [index, { at }] of onsets.entries()) observe(places[index] as Place, at, onsetJitter)
  observe(0, press, pressJitter)
  // A tempo wanders as a random walk: half a pulse after half a pulse by so much.
  const stiff = 1 / ((drift * period) / 2 / Math.SQRT2) ** 2
  for (let knot = 0; knot + 2 < size; knot++) {
    add(diagonal, knot, stiff)
    add(diagonal, knot + 1, 4 * stiff)
    add(diagonal, knot + 2, stiff)
    add(beside, knot, -2 * stiff)
    add(beside, knot + 1, -2 * stiff)
    add(beyond, knot, stiff)
  }
  return rising(solve(diagonal, beside, beyond, right).slice(0, knots))
}

/** No knot comes before the one before it, whatever was played. */
function rising(knots: Seconds[]): Seconds[] {
  for (let knot = 1; knot < knots.length; knot++) {
    knots[knot] = Math.max(knots[knot] as Seconds, (knots[knot - 1] as Seconds) + shortest)
  }
  return knots
}

const shortest: Seconds = 0.001

/** Solves a symmetric positive system of five bands in place (LDLᵀ). */
function solve(diagonal: Float64Array, beside: Float64Array, beyond: Float64Array, right: Float64Array): number[] {
  const size = diagonal.length
  const at = (band: Float64Array, index: number) => band[index] as number
  for (let row = 0; row < size; row++) {
    const pivot = at(diagonal, row)
    const next = at(beside, row) / pivot
    const after = at(beyond, row) / pivot
    if (row + 1 < size) {
      diagonal[row + 1] = at(diagonal, row + 1) - next * at(beside, row)
      beside[row + 1] = at(beside, row + 1) - after * at(beside, row)
      right[row + 1] = at(right, row + 1) - next * at(right, row)
    }
    if (row + 2 < size) {
      diagonal[row + 2] = at(diagonal, row + 2) - after * at(beyond, row)
      right[row + 2] = at(right, row + 2) - after * at(right, row)
    }
    right[row] = at(right, row) / pivot
    beside[row] = next
    beyond[row] = after
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = at(right, row)
    if (row + 1 < size) value -= at(beside, row) * at(right, row + 1)
    if (row + 2 < size) value -= at(beyond, row) * at(right, row + 2)
    right[row] = value
  }
  return [...right]
}
