import { logProbability } from '../dist/models/index.js'

/**
 * Is given each step's scores as natural logarithms, up to a constant.
 * @typedef {(scores: Float32Array) => unknown} OnScores
 *
 * Plays the primer and some steps by argmax, and gives their tokens.
 * @typedef {(steps: number, onScores?: OnScores) => Promise<ArrayLike<number>>} Play
 *
 * Loads the checkpoint at an address.
 * @typedef {(address: string, shape: import('./shapes.js').Shape) => Promise<Play>} Load
 */

/** Something that plays, and what it is asked: here, or through a worker's messages. */
export function contender(/** @type {Load} */ loadPlayer) {
  /** @type {Play} */
  let play
  return {
    async load(/** @type {Parameters<Load>} */ ...checkpoint) {
      play = await loadPlayer(...checkpoint)
    },

    /** The milliseconds that a continuation takes. */
    async time(/** @type {number} */ steps) {
      const start = performance.now()
      await play(steps)
      return performance.now() - start
    },

    /** A continuation's tokens, and the log-probability of each. */
    async listen(/** @type {number} */ steps) {
      const all = /** @type {Float32Array[]} */ ([])
      const tokens = Array.from(await play(steps, (scores) => all.push(scores.slice())))
      return { tokens, logProbs: all.map((scores, step) => logProbability(scores, tokens[step])) }
    },
  }
}
