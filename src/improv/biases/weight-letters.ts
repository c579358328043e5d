/** What the first letter of the alphabet stands for, in nats; the n-th one for n times as much. */
const nats = 0.03

/** The most that a letter stands for, in nats. */
export const mostNats: number = 26 * nats

/** Weights from a letter each: a capital letter stands for a weight above 0, a small one for one below, and anything else for 0. */
export function weightsOf(letters: string): Float64Array {
  return Float64Array.from(letters, (letter) => {
    const place = letter.charCodeAt(0) & 31
    return letter >= 'a' && letter <= 'z' ? -nats * place : letter >= 'A' && letter <= 'Z' ? nats * place : 0
  })
}

/** The letter of each weight: the nearest one, or a dot for 0. */
export function lettersOf(weights: Iterable<number>): string {
  return Array.from(weights, (weight) => {
    const place = Math.min(26, Math.round(Math.abs(weight) / nats))
    return place === 0 ? '.' : String.fromCharCode((weight < 0 ? 96 : 64) + place)
  }).join('')
}
