import { type Beats, fourFour, type Metre, measureBeats, metre, metreName, rounding } from '../../music/index.ts'
import type { TimeSignature } from './read.ts'

/** Measures of one metre in a row. */
export type MeasureRun = {
  /** Where it begins in the file. */
  readonly beat: Beats
  readonly metre: Metre
  /** The number of its first measure. The first full measure of a file is 1, a pickup measure before it is 0. */
  readonly bar: number
  /** How many measures it has: the last run has no end. */
  readonly measures: number
}

/** Where a file's measures lie, from its start on: runs in rising order, at least one. */
export type MeasureMap = readonly [MeasureRun, ...MeasureRun[]]

type UnnumberedRun = Omit<MeasureRun, 'bar'>

/** A signature that comes this little before or after a bar line, or another signature, is meant to be on it. */
const tolerance: Beats = 1 / 8

/** Every usual denominator, the likeliest first. */
const denominators = [4, 8, 16, 2, 1] as const

/**
 * Lays a file's time signatures out as measures. Without a signature at the start, the file begins in 4/4. A measure
 * that the next signature cuts short is a run of its own, unless it and the single measure after it make up one more of the
 * measures before: a score splits a measure for a repeat, and it counts as one. A first measure that is shorter than the metre that follows is
 * a pickup, and has the number 0.
 *
 * @returns the map, and a sentence for each later signature that is not a metre and was left out.
 * @throws RangeError with a sentence for the user when the first one is not a metre.
 */
export function measureMap(signatures: readonly TimeSignature[]): { map: MeasureMap; notices: string[] } {
  const notices: string[] = []
  const runs: UnnumberedRun[] = []
  let current = { beat: 0, metre: fourFour }
  for (const { beat, numerator, denominator } of signatures) {
    const next = beat > 0 ? known(numerator, denominator) : metre(numerator, denominator)
    if (!next) {
      notices.push(
        `changes to ${numerator}/${denominator} at beat ${Math.round(beat)}, which is not a metre: it goes on in ${metreName(current.metre)}.`,
      )
      continue
    }
    const length = measureBeats(current.metre)
    const nearest = Math.round((beat - current.beat) / length)
    const isOnBarLine = Math.abs(current.beat + nearest * length - beat) < tolerance
    const measures = isOnBarLine ? nearest : Math.floor((beat - current.beat) / length)
    const start = current.beat + measures * length
    if (isOnBarLine && sameMetre(next, current.metre)) continue
    if (measures > 0) runs.push({ ...current, measures })
    if (!isOnBarLine) runs.push({ beat: start, metre: metreOf(beat - start), measures: 1 })
    current = { beat: isOnBarLine ? start : beat, metre: next }
  }
  const last = { ...current, measures: Number.POSITIVE_INFINITY }
  const whole = withoutSplits([...runs, last])
  const [first = last, second, third] = whole
  // Two metres in turn, such as 4/4 and 5/4, begin with a whole measure.
  const takeTurns = third && second?.measures === 1 && sameMetre(first.metre, third.metre)
  const isShorter = second && first.measures === 1 && second.beat - first.beat < measureBeats(second.metre)
  const hasPickup = isShorter && !takeTurns
  let bar = hasPickup ? 0 : 1
  const numbered = whole.map((run): MeasureRun => {
    const from = bar
    bar += run.measures
    return { ...run, bar: from }
  })
  return { map: numbered as [MeasureRun, ...MeasureRun[]], notices }
}

/**
 * The same measures, but from a run on they begin so many beats later: what comes before is a pickup, or a short measure after
 * others.
 */
export function withLate(map: MeasureMap, from: number, beats: Beats): MeasureMap {
  const [first, ...others] = map
  const { beat, bar } = map[from] ?? first
  const isPickup = from === 0
  const short = { beat, metre: metreOf(beats), bar: isPickup ? bar - 1 : bar, measures: 1 }
  const late = map.slice(from).map((run) => ({ ...run, beat: run.beat + beats, bar: run.bar + (isPickup ? 0 : 1) }))
  return isPickup ? [short, ...late] : [first, ...others.slice(0, from - 1), short, ...late]
}

/** A measure of a map. */
export type Measure = { readonly bar: number; readonly beat: Beats; readonly metre: Metre }

/** The measure that a beat falls into; the first one for beats before it. */
export function measureAt(map: MeasureMap, beat: Beats): Measure {
  const run = lastRun(map, (each) => each.beat <= beat)
  const inside = Math.floor((beat - run.beat) / measureBeats(run.metre))
  return measureIn(run, Math.min(run.measures - 1, Math.max(0, inside)))
}

/** The measure with a number; the first one for numbers before it. */
export function measureNumber(map: MeasureMap, bar: number): Measure {
  const run = lastRun(map, (each) => each.bar <= bar)
  return measureIn(run, Math.max(0, bar - run.bar))
}

/** How long the file's pickup measure is; 0 where it has none. */
export function pickupBeats([first, second]: MeasureMap): Beats {
  return first.bar === 0 && second ? second.beat - first.beat : 0
}

function measureIn({ bar, beat, metre }: MeasureRun, index: number): Measure {
  return { bar: bar + index, beat: beat + index * measureBeats(metre), metre }
}

/** The last run of which something holds that holds of the runs up to some place, or the first run. */
function lastRun(map: MeasureMap, holds: (run: MeasureRun) => boolean): MeasureRun {
  let [low, high] = [0, map.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(map[middle] ?? map[0])) low = middle + 1
    else high = middle
  }
  return map[low - 1] ?? map[0]
}

/** Joins two single measures that are together as long as one of the run of several before them. */
function withoutSplits(runs: readonly UnnumberedRun[]): UnnumberedRun[] {
  const whole: UnnumberedRun[] = []
  for (const run of runs) {
    const [before, first, second] = whole.slice(-3)
    const areSingle = first?.measures === 1 && second?.measures === 1
    const isLasting = before && before.measures > 1
    if (!isLasting || !areSingle || Math.abs(run.beat - first.beat - measureBeats(before.metre)) > rounding) {
      whole.push(run)
      continue
    }
    const goesOn = sameMetre(before.metre, run.metre)
    whole.splice(-3, 3, { ...before, measures: before.measures + 1 + (goesOn ? run.measures : 0) })
    if (!goesOn) whole.push(run)
  }
  return whole
}

function known(numerator: number, denominator: number): Metre | null {
  try {
    return metre(numerator, denominator)
  } catch {
    return null
  }
}

/** A metre for a measure that is cut short, to the nearest eighth, or sixteenth where that is far off. */
function metreOf(beats: Beats): Metre {
  const eighths = Math.round(2 * beats)
  const isNear = eighths > 0 && Math.abs(2 * beats - eighths) < 0.3
  const sixteenths = Math.max(1, isNear ? 2 * eighths : Math.round(4 * beats))
  const denominator = denominators.find((each) => (sixteenths * each) % 16 === 0 && (sixteenths * each) / 16 < 256)
  return denominator ? metre((sixteenths * denominator) / 16, denominator) : metre(Math.round(beats / 4), 1)
}

function sameMetre(a: Metre, b: Metre): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator
}
