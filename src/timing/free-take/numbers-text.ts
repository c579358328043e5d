/** The letter of 0. Letters run from `(` on, so that none needs quotes of another kind. */
const zero = 66
/** The largest number that a letter is. */
const most = 25

/** Less than this is 0. */
const least = 0.004

/** Numbers as a short text: a letter for what they are counted in, a power of √2, then a letter each. */
export function textOf(numbers: readonly number[]): string {
  const largest = Math.max(...numbers.map(Math.abs), least)
  const power = Math.ceil(2 * Math.log2(largest / most))
  return String.fromCharCode(zero + power, ...numbers.map((number) => zero + Math.round(number / 2 ** (power / 2))))
}

/** The numbers of a text, each to 2 % of the largest. */
export function numbersOf(text: string): number[] {
  const [power = 0, ...counts] = [...text].map((letter) => letter.charCodeAt(0) - zero)
  return counts.map((count) => count * 2 ** (power / 2))
}
