import type { MidiPitch } from '../../music/index.ts'
import { chanceAt, pick } from '../chance.ts'
import { widestSkip, widestStep } from './lattice.ts'
import type { Slot } from './slots.ts'

/** What a measure of a line is made of: how much more each kind of motion costs there. */
type Shape = { readonly half: number; readonly step: number; readonly skip: number; readonly leap: number }

/** Steps of the scale, broken chords, leaps from which the line comes back, and half steps; how often each is the plan. */
const shapes: readonly (Shape & { readonly weight: number })[] = [
  { half: 0, step: -0.3, skip: 0.2, leap: 0.3, weight: 4 },
  { half: 0.1, step: 0.2, skip: -0.5, leap: -0.2, weight: 4 },
  { half: 0, step: 0, skip: 0, leap: -0.7, weight: 3 },
  { half: -0.4, step: 0.1, skip: 0.1, leap: 0.2, weight: 2 },
]

const even: Shape = { half: 0, step: 0, skip: 0, leap: 0 }

/** What a measure of a walking line is made of. */
export function shapeOf(seed: number, measure: number): Shape {
  return pick(shapes, ({ weight }) => weight, chanceAt(seed, measure, 9)) ?? even
}

/** What intervals cost, from the repeated note to the octave. */
const intervals = [1.1, 0.05, 0, 0.25, 0.4, 0.55, 1.6, 0.75, 1.5, 1.7, 2.4, 3, 0.9]

/** What it costs more to stand still where the measure is strong. */
const standing = 1.2

/** What intervals to the first note of a chord are worth, by their size: half steps, whole steps, fourths and fifths lead. */
const leading: Readonly<Record<number, number>> = { 1: -0.8, 2: -0.35, 5: -0.35, 7: -0.35 }

/** Where a note stands in its line. */
export type Step = {
  /** Its slot; undefined for the first note of the next measure. */
  readonly slot: Slot | undefined
  readonly before: Slot | undefined
  /** Another chord begins with it. */
  readonly isTarget: boolean
  /** Of each pitch class, whether it was strange to the chord before: then the line goes on by a half step. */
  readonly wasStrange: readonly boolean[]
  readonly shape: Shape
}

/** What the way from one note to the next costs. */
export function wayCost(
  before: MidiPitch | null,
  from: MidiPitch,
  to: MidiPitch,
  { slot, before: last, isTarget, wasStrange, shape }: Step,
): number {
  const size = Math.abs(to - from)
  const kind = slot?.kind ?? 'w'
  if (kind === 'x') return size === 0 ? 0 : size <= 7 || size === 12 ? 0.8 : 4
  let cost = intervals[size] ?? 9
  const isPedal = slot !== undefined && slot.chord.bass !== slot.chord.root
  // A root that is struck again is the bass of rock and funk, or a pedal, not a walking line standing still.
  if (size === 0 && ((kind === 'r' && !slot?.isStart) || kind === 'c' || isPedal)) cost = 0.3
  else if (size === 0 && slot?.isStrong !== false) cost += standing
  if (kind === 'o') cost = size === 12 ? 0 : cost + 1
  if (isTarget) cost += leading[size] ?? (last?.kind === 'a' || kind === 'a' ? 2 : 0.5)
  if (size !== 1 && wasStrange[from % 12]) cost += 2
  if (kind !== 'w') return cost
  return cost + shapeCost(size, shape) + (before === null ? 0 : courseCost(from - before, to - from))
}

function shapeCost(size: number, { half, step, skip, leap }: Shape): number {
  if (size === 0) return 0
  return size === 1 ? half : size <= widestStep ? step : size <= widestSkip ? skip : leap
}

/** What it costs to go on so: steps keep their direction, thirds go on as a broken chord, and a leap is answered by a turn. */
function courseCost(last: number, next: number): number {
  if (last === 0 || next === 0) return last === next ? 2 : 0
  const isTurn = Math.sign(last) !== Math.sign(next)
  const [size, way] = [Math.abs(last), Math.abs(next)]
  const rocks = last + next === 0 && size <= widestSkip ? 0.8 : 0
  if (size > widestSkip) return isTurn ? (way <= widestSkip ? -0.3 : 0.4) : way > widestStep ? 1 : 0.2
  if (size > widestStep) return isTurn ? rocks : way > widestStep ? -0.2 : 0
  return isTurn ? 0.15 + rocks : -0.2
}
