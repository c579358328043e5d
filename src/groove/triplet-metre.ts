import { type Metre, metre } from '../music/index.ts'

/**
 * The compound metre in which a metre's beats are three eighths long: triplets and their halves are its sixteenths. Our own
 * models read triplets so, and a shuffle in 4/4 as a groove in 12/8.
 *
 * @example tripletMetre(fourFour) // => 12/8
 */
export function tripletMetre({ numerator, denominator }: Metre): Metre {
  return metre((12 * numerator) / denominator, 8)
}

/** The longest compound measure that our own models read step by step, in eighths. */
const longest = 16

/** Whether a metre's quarters can be played as triplets. */
export function hasTriplets({ numerator, denominator }: Metre): boolean {
  return denominator <= 4 && (12 * numerator) / denominator <= longest
}
