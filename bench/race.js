/** @import { Shape } from './shapes.js' */

/** So many are primed, and as many generated. */
export const steps = 32
const agreement = 1e-3

/**
 * Times contenders in rounds in which each has its turn, first one first, then another. They must first play the
 * same tokens with the same probabilities.
 *
 * @param {(name: string, method: string, ...args: unknown[]) => Promise<any>} ask
 * @param {readonly string[]} names
 * @param {string} address of the checkpoint.
 * @param {Shape} shape
 * @param {{ warmUpMs: number, roundsMs: number, leastRounds: number, mostRounds: number }} patience
 * @returns {Promise<Record<string, number[]>>} milliseconds a continuation.
 */
export async function race(ask, names, address, shape, { warmUpMs, roundsMs, leastRounds, mostRounds }) {
  for (const name of names) await ask(name, 'load', address, shape)
  const [expected, ...others] = await inTurn(names, (name) => ask(name, 'listen', steps))
  for (const [index, played] of others.entries()) compare(`${names[index + 1]} on ${shape.name}`, played, expected)

  for (const name of names) {
    const start = performance.now()
    do await ask(name, 'time', steps)
    while (performance.now() - start < warmUpMs)
  }

  const times = Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]))
  const start = performance.now()
  for (let round = 0; round < mostRounds; round++) {
    if (round >= leastRounds && performance.now() - start > roundsMs) break
    const first = round % names.length
    await inTurn([...names.slice(first), ...names.slice(0, first)], async (name) => {
      times[name].push(await ask(name, 'time', steps))
    })
  }
  return times
}

/** @typedef {{ tokens: number[], logProbs: number[] }} Played */

/** Throws unless two continuations are the same. */
function compare(/** @type {string} */ name, /** @type {Played} */ played, /** @type {Played} */ expected) {
  for (const [step, token] of expected.tokens.entries()) {
    const difference = Math.abs(played.logProbs[step] - expected.logProbs[step])
    if (played.tokens[step] === token && difference <= agreement) continue
    throw new Error(
      `${name} plays ${played.tokens[step]} at step ${step} where our engine plays ${token}; ` +
        `their log-probabilities differ by ${difference}.`,
    )
  }
}

/**
 * @template T, R
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<R>} action
 */
export async function inTurn(items, action) {
  const results = []
  for (const item of items) results.push(await action(item))
  return results
}

/** The value in the middle. */
export function median(/** @type {readonly number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}
