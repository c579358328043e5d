import type { Beats } from './note.ts'

/**
 * A metre such as 4/4, 7/8 or 2+2+3/8.
 *
 * `groups` says how the denominator's units fall into pulses, and so where the accents are; it sums
 * to `numerator`. 6/8 is two groups of three; 4/4 is four of one.
 */
export type Metre = {
  readonly numerator: number
  readonly denominator: Denominator
  readonly groups: readonly number[]
}

const denominators = [1, 2, 4, 8, 16] as const
/** What is counted in a metre: wholes, halves, quarters, eighths or sixteenths. */
export type Denominator = (typeof denominators)[number]

/** The longest measure that is still a measure: the numerator of MIDI's time signature is a byte. */
const maxNumerator = 255

/**
 * A metre from its numbers. Unless `groups` are given they are the customary ones: threes in 6/8, 9/8
 * and 12/8, twos with a last three in 5/8 and 7/8, ones elsewhere.
 *
 * @throws RangeError with a sentence for the user when there is no such metre.
 */
export function metre(numerator: number, denominator: number, groups?: readonly number[]): Metre {
  if (!Number.isInteger(numerator) || numerator < 1 || numerator > maxNumerator) {
    throw new RangeError(`A metre of ${numerator}/${denominator} has no beats to count: use 1 to ${maxNumerator}.`)
  }
  const known = denominators.find((each) => each === denominator)
  if (known === undefined) {
    throw new RangeError(
      `A metre of ${numerator}/${denominator} does not fit a grid of sixteenths: use ${denominators.join(', ')} below the line.`,
    )
  }
  const chosen = groups ?? customaryGroups(numerator, known)
  if (chosen.some((group) => !Number.isInteger(group) || group < 1) || sum(chosen) !== numerator) {
    throw new RangeError(`The groups ${chosen.join('+')} do not add up to ${numerator}/${denominator}.`)
  }
  return { numerator, denominator: known, groups: chosen }
}

/** Common time. */
export const fourFour: Metre = metre(4, 4)

/**
 * Reads `4/4`, `7/8` or, with its grouping, `2+2+3/8`.
 *
 * @example parseMetre('2+2+3/8') // => { numerator: 7, denominator: 8, groups: [2, 2, 3] }
 * @throws RangeError with a sentence for the user when the text is not a metre.
 */
export function parseMetre(text: string): Metre {
  const match = /^\s*(\d+(?:\s*\+\s*\d+)*)\s*\/\s*(\d+)\s*$/.exec(text)
  if (!match?.[1] || !match[2]) throw new RangeError(`“${text}” is not a metre: write it like 4/4, 7/8 or 2+2+3/8.`)
  const groups = match[1].split('+').map(Number)
  return metre(sum(groups), Number(match[2]), groups.length > 1 ? groups : undefined)
}

/** The metre as musicians write it, without its grouping: `7/8`. */
export function metreName({ numerator, denominator }: Metre): string {
  return `${numerator}/${denominator}`
}

/**
 * The metre with its grouping, where that is not the customary one: what {@link parseMetre} reads.
 *
 * @example metreText(parseMetre('3+2+2/8')) // => '3+2+2/8'
 */
export function metreText({ numerator, denominator, groups }: Metre): string {
  const isCustomary = `${customaryGroups(numerator, denominator)}` === `${groups}`
  return isCustomary ? `${numerator}/${denominator}` : `${groups.join('+')}/${denominator}`
}

/** The length of a measure. */
export function measureBeats({ numerator, denominator }: Metre): Beats {
  return (numerator * 4) / denominator
}

/** Whether a metre's beats are quarter notes, or longer: only then do its eighths swing. */
export function countsQuarters({ denominator }: Metre): boolean {
  return denominator <= 4
}

/** How strongly a place in the measure is felt. */
export type Accent = 'downbeat' | 'pulse' | 'unit' | 'offbeat'

/**
 * How strongly a place in the measure is felt: the downbeat, the start of a later group, a unit of
 * the denominator, or between the units.
 *
 * @param beat from the start of the measure.
 * @example accentAt(parseMetre('7/8'), 1) // => 'pulse', the third eighth of 2+2+3
 */
export function accentAt({ denominator, groups }: Metre, beat: Beats): Accent {
  if (beat === 0) return 'downbeat'
  const unit = (beat * denominator) / 4
  if (!Number.isInteger(unit)) return 'offbeat'
  let start = 0
  for (const group of groups) {
    if (start === unit) return 'pulse'
    start += group
  }
  return 'unit'
}

function customaryGroups(numerator: number, denominator: Denominator): number[] {
  if (denominator < 8) return Array<number>(numerator).fill(1)
  if (numerator % 3 === 0) return Array<number>(numerator / 3).fill(3)
  if (numerator === 1) return [1]
  const twos = Array<number>(Math.floor(numerator / 2)).fill(2)
  return numerator % 2 === 0 ? twos : [...twos.slice(1), 3]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
