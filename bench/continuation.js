import { primerOf } from './shapes.js'

/**
 * Goes on from the primer for some steps, taking the likeliest token each time.
 *
 * @param {import('./shapes.js').Shape} shape
 * @param {number} steps
 * @param {(token: number, step: number) => Float32Array | Promise<Float32Array>} feed gives the logits of what is next.
 * @param {import('./contender.js').OnScores} [onScores]
 */
export async function continuation(shape, steps, feed, onScores) {
  const primer = primerOf(shape)
  const tokens = [...primer]
  for (let step = 0; tokens.length < primer.length + steps; step++) {
    const logits = await feed(tokens[step], step)
    if (step < primer.length - 1) continue
    tokens.push(argmax(logits))
    onScores?.(logits)
  }
  return tokens.slice(primer.length)
}

function argmax(/** @type {Float32Array} */ values) {
  let best = 0
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index
  return best
}
