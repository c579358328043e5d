import { mean } from './mean.ts'

/** How often each token followed a context. */
type Followers = { total: number; readonly counts: Map<number, number> }

/**
 * An n-gram: tokens given those before them, with Witten-Bell smoothing (Witten and Bell, "The Zero-Frequency
 * Problem", 1991) down to the uniform distribution.
 */
export type NGram = {
  /** The probability of a token after some others. */
  probability(before: readonly number[], token: number): number
  /** Nats of each token of a sequence. */
  surprise(sequence: readonly number[]): number[]
}

/** Counts n-grams: each token is predicted from up to `order` tokens before it. */
export function ngram(order: number, classes: number, sequences: readonly (readonly number[])[]): NGram {
  const contexts = Array.from({ length: order + 1 }, () => new Map<number, Followers>())
  /** The `length` tokens before an index, as one number. */
  const key = (tokens: readonly number[], index: number, length: number) => {
    let context = 0
    for (let at = index - length; at < index; at++) context = context * classes + (tokens[at] as number)
    return context
  }
  for (const sequence of sequences) {
    for (const [index, token] of sequence.entries()) {
      for (let length = 0; length <= Math.min(order, index); length++) {
        const context = key(sequence, index, length)
        const followers = contexts[length]?.get(context) ?? { total: 0, counts: new Map() }
        contexts[length]?.set(context, followers)
        followers.total++
        followers.counts.set(token, (followers.counts.get(token) ?? 0) + 1)
      }
    }
  }
  const probabilityAt = (tokens: readonly number[], index: number, token: number) => {
    let probability = 1 / classes
    for (let length = 0; length <= Math.min(order, index); length++) {
      const followers = contexts[length]?.get(key(tokens, index, length))
      if (!followers) break
      const { total, counts } = followers
      probability = ((counts.get(token) ?? 0) + counts.size * probability) / (total + counts.size)
    }
    return probability
  }
  return {
    probability: (before, token) => probabilityAt(before, before.length, token),
    surprise: (sequence) => sequence.map((token, index) => -Math.log(probabilityAt(sequence, index, token))),
  }
}

/** The order that surprises least on some sequences, of those from 1 to 5, and the mean nats a token of each. */
export function bestNgram(
  classes: number,
  training: readonly (readonly number[])[],
  validation: readonly (readonly number[])[],
): { readonly order: number; readonly nll: number; readonly model: NGram } {
  return [1, 2, 3, 4, 5]
    .map((order) => {
      const model = ngram(order, classes, training)
      return { order, nll: mean(validation.flatMap((sequence) => model.surprise(sequence))), model }
    })
    .reduce((best, each) => (each.nll < best.nll ? each : best))
}
