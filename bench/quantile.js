/**
 * A share of values in their order, as text.
 *
 * @param {readonly number[]} values
 * @param {number} share from 0, the least, to 1, the most
 * @param {number} [decimals]
 */
export function quantile(values, share, decimals = 2) {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(decimals)
}
