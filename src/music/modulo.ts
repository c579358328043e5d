/**
 * The remainder that is never negative, unlike that of `%`: where a value falls in something that goes round.
 *
 * @param divisor above 0, in the unit of the value.
 * @example mod(-1, 12) // => 11
 */
export function mod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
