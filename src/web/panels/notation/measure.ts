import type { Metre } from '../../../music/index.ts'

/** The finest grid: twelve a beat, so that a sixteenth is three of them and a triplet eighth four. */
export type Ticks = number

export const ticksPerBeat: Ticks = 12
export const sixteenth: Ticks = 3
export const eighth: Ticks = 6
export const tripletEighth: Ticks = 4
const whole: Ticks = 48

/** The length of a measure. */
export function measureTicks({ numerator, denominator }: Metre): Ticks {
  return (numerator * whole) / denominator
}

/** Whether its beats are quarter notes. Only those can have triplets. */
export function hasTriplets({ denominator }: Metre): boolean {
  return denominator <= 4
}

const measureLevel = 9
const groupLevel = 4
const unitLevel = 3

/**
 * How strongly a place divides its measure, for notes that show the metre: bar lines, groups (in common time the middle),
 * units, and so on by halves.
 */
function level(metre: Metre, place: Ticks): number {
  if (place % measureTicks(metre) === 0) return measureLevel
  const unit = whole / metre.denominator
  if (place % unit === 0) return startsGroup(metre, place / unit) ? groupLevel : unitLevel
  let below = unitLevel - 1
  for (let half = unit / 2; place % half !== 0 && half > 1; half /= 2) below--
  return below
}

/** Groups of one unit don't count as groups, except the middle of four. */
function startsGroup({ groups, numerator }: Metre, unit: number): boolean {
  if (groups.every((size) => size === 1)) return numerator === 4 && unit === 2
  let start = 0
  return groups.some((size) => {
    start += size
    return start === unit
  })
}

/** Where beams end: at groups of eighths and sixteenths, otherwise at quarter notes. */
export function beamEnds(metre: Metre): readonly Ticks[] {
  const { denominator, groups } = metre
  const ends: Ticks[] = []
  if (denominator < 8) {
    for (let end = ticksPerBeat; end <= measureTicks(metre); end += ticksPerBeat) ends.push(end)
    return ends
  }
  let end = 0
  for (const size of groups) {
    end += (size * whole) / denominator
    ends.push(end)
  }
  return ends
}

const plainValues: readonly Ticks[] = [3, 6, 12, 24, 48]
const dottedValues: readonly Ticks[] = [9, 18, 36, 72]

/**
 * Cuts a note or a rest from one place in a measure to another into note values that show the metre.
 *
 * @returns where each piece ends.
 */
export function noteValues(metre: Metre, from: Ticks, to: Ticks, rests: boolean): Ticks[] {
  if (canBeRead(metre, from, to, rests)) return [to]
  const cut = cutBetween(metre, from, to)
  return [...noteValues(metre, from, cut, rests), ...noteValues(metre, cut, to, rests)]
}

function canBeRead(metre: Metre, from: Ticks, to: Ticks, rests: boolean): boolean {
  if (to - from <= sixteenth) return true
  const [begins, ends] = [level(metre, from), level(metre, to)]
  const dotted = dottedValues.includes(to - from)
  if (!dotted && !plainValues.includes(to - from)) return false
  const inner = placesBetween(from, to).map((place) => level(metre, place))
  const most = Math.max(...inner)
  if (rests) return most <= begins && isRest(to - from, dotted, begins, ends)
  if (most <= Math.max(begins, ends)) return true
  // A syncopation crosses one unit or its half, and in its middle.
  const stronger = inner.filter((each) => each > Math.max(begins, ends))
  return most < groupLevel && !dotted && stronger.length === 1 && inner[(inner.length - 1) / 2] === most
}

/** A dotted rest fills groups, and a whole rest means a measure. */
function isRest(ticks: Ticks, dotted: boolean, begins: number, ends: number): boolean {
  if (ticks >= whole) return begins === measureLevel && ends === measureLevel
  return !dotted || Math.min(begins, ends) >= groupLevel
}

/** The strongest place between two; of equals, the one that leaves the longer note on the stronger place. */
function cutBetween(metre: Metre, from: Ticks, to: Ticks): Ticks {
  const places = placesBetween(from, to)
  const most = Math.max(...places.map((place) => level(metre, place)))
  const isStrongest = (place: Ticks) => level(metre, place) === most
  const cut = level(metre, from) >= level(metre, to) ? places.findLast(isStrongest) : places.find(isStrongest)
  return cut as Ticks
}

function placesBetween(from: Ticks, to: Ticks): Ticks[] {
  return Array.from({ length: (to - from) / sixteenth - 1 }, (_, index) => from + (index + 1) * sixteenth)
}
