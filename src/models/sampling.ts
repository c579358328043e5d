import type { Random } from './random.ts'

/** How a class is chosen from its scores. */
export type Sampling = {
  /** 0 always takes the likeliest; 1 is what the model learnt; higher is wilder. */
  readonly temperature: number
  /** Only the likeliest classes that together have this share are considered (nucleus sampling). */
  readonly topP?: number
  /** Added to the scores, a number a class. */
  readonly bias?: ArrayLike<number>
  /** Only classes whose entry is true or above 0; a mask that would leave none is ignored. */
  readonly mask?: ArrayLike<number | boolean>
}

/** Chooses classes from scores. It always chooses one, whatever the scores, and allocates nothing. */
export type Sampler = (logits: Float32Array, sampling: Sampling, random: Random) => number

/** Makes a sampler with room for this many classes. */
export function createSampler(classes: number): Sampler {
  const scores = new Float64Array(classes)

  return (logits, { temperature, topP = 1, bias, mask }, random) => {
    let best = fill(scores, logits, bias, mask)
    if (best < 0) best = fill(scores, logits, bias)
    if (best < 0) best = fill(scores.fill(0), scores)
    if (!(temperature > 0)) return best

    const most = scores[best] as number
    let total = 0
    for (let token = 0; token < classes; token++) {
      const weight = Math.exp(((scores[token] as number) - most) / temperature)
      scores[token] = weight
      total += weight
    }
    if (topP < 1) total = keepLikeliest(scores, Math.max(0, topP) * total)
    let left = random.next() * total
    for (let token = 0; token < classes; token++) {
      left -= scores[token] as number
      if (left < 0) return token
    }
    return best
  }
}

/** The natural logarithm of a class's probability at temperature 1. */
export function logProbability(logits: Float32Array, token: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (const logit of logits) most = Math.max(most, logit)
  let total = 0
  for (const logit of logits) total += Math.exp(logit - most)
  return (logits[token] as number) - most - Math.log(total)
}

/** The probability of each class at temperature 1. */
export function chancesOf(logits: Float32Array, chances: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY
  for (const logit of logits) most = Math.max(most, logit)
  let total = 0
  for (let token = 0; token < logits.length; token++) {
    const weight = Math.exp((logits[token] as number) - most)
    chances[token] = weight
    total += weight
  }
  for (let token = 0; token < logits.length; token++) chances[token] = (chances[token] as number) / total
}

/** Copies the scores that may be chosen, and says which is the highest; −1 when none may. */
function fill(
  scores: Float64Array,
  logits: ArrayLike<number>,
  bias?: ArrayLike<number>,
  mask?: ArrayLike<number | boolean>,
): number {
  let best = -1
  for (let token = 0; token < scores.length; token++) {
    const score = (logits[token] as number) + (bias?.[token] ?? 0)
    const may = Number.isFinite(score) && (mask === undefined || Number(mask[token]) > 0)
    scores[token] = may ? score : Number.NEGATIVE_INFINITY
    if (may && (best < 0 || score > (scores[best] as number))) best = token
  }
  return best
}

/** Zeroes all weights but the largest that make up this much; returns what is left. */
function keepLikeliest(weights: Float64Array, enough: number): number {
  let kept = 0
  do {
    let largest = -1
    for (let token = 0; token < weights.length; token++) {
      const weight = weights[token] as number
      if (weight > 0 && (largest < 0 || weight > (weights[largest] as number))) largest = token
    }
    if (largest < 0) break
    kept += weights[largest] as number
    // A kept weight is marked by its sign, so that no second array is needed.
    weights[largest] = -(weights[largest] as number)
  } while (kept < enough)
  for (let token = 0; token < weights.length; token++) weights[token] = Math.max(0, -(weights[token] as number))
  return kept
}
