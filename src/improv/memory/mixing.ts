import { type Expert, noteLogs } from './expert.ts'

/** How many features an expert is weighed by. */
export const expertFeatures = 16

/** Orders from here on count alike. */
const highest = 8

/**
 * What an expert is weighed by: the order that it has met, how often it has and how many things followed, how open it
 * leaves the choice, and how open the model does.
 *
 * @param features receives {@link expertFeatures} numbers, from an offset on.
 */
export function tellFeatures(expert: Expert, ownEntropy: number, features: Float64Array, offset: number): void {
  const { order, count, distinct, entropy } = expert
  features[offset] = 1
  for (let each = 1; each <= highest; each++) features[offset + each] = each === order ? 1 : 0
  features[offset + 9] = Math.log1p(count) / 4
  features[offset + 10] = Math.log1p(distinct) / 2
  features[offset + 11] = entropy / 2
  features[offset + 12] = Math.exp(-entropy)
  features[offset + 13] = ownEntropy / 2
  features[offset + 14] = count > 0 ? 0 : 1
  features[offset + 15] = count > 0 ? distinct / count : 0
}

/**
 * Mixes what the model and what its memories say: p ∝ own^(1 − Σw) · Π expert^w, a weighted mean of the logarithms
 * (Genest and Zidek 1986), whose weights are linear in the experts' features.
 *
 * @param experts null where there is none.
 * @param weights {@link expertFeatures} for each expert.
 * @param mixed receives the chances.
 */
export type Mix = (
  own: Float64Array,
  experts: readonly (Expert | null)[],
  weights: ArrayLike<number>,
  mixed: Float64Array,
) => void

/** Makes a {@link Mix} that allocates nothing while its choices are of one size. */
export function createMix(): Mix {
  const features = new Float64Array(expertFeatures)
  let ownLogs = new Float64Array(0)
  return (own, experts, weights, mixed) => {
    if (ownLogs.length !== own.length) ownLogs = new Float64Array(own.length)
    const ownEntropy = noteLogs(own, ownLogs)
    mixed.fill(0)
    let kept = 1
    for (let each = 0; each < experts.length; each++) {
      const expert = experts[each]
      if (!expert) continue
      tellFeatures(expert, ownEntropy, features, 0)
      let weight = 0
      for (let feature = 0; feature < expertFeatures; feature++) {
        weight += (features[feature] as number) * (weights[each * expertFeatures + feature] as number)
      }
      kept -= weight
      addLogs(mixed, weight, expert.logs)
    }
    addLogs(mixed, kept, ownLogs)
    let most = Number.NEGATIVE_INFINITY
    for (const score of mixed) most = Math.max(most, score)
    let sum = 0
    for (let token = 0; token < mixed.length; token++) {
      const chance = Math.exp((mixed[token] as number) - most)
      mixed[token] = chance
      sum += chance
    }
    for (let token = 0; token < mixed.length; token++) mixed[token] = (mixed[token] as number) / sum
  }
}

function addLogs(scores: Float64Array, weight: number, logs: Float64Array): void {
  for (let token = 0; token < scores.length; token++) {
    scores[token] = (scores[token] as number) + weight * (logs[token] as number)
  }
}

/** No outcome gets more than this, in nats: the rarest may not become the likeliest. */
const mostGain = 4

/** Leads a choice, by adding to its scores, from what the model says to what it says with its memories: by 0, not at all, to 1. */
export function addGain(bias: Float64Array, own: Float64Array, mixed: Float64Array, amount: number): void {
  for (let token = 0; token < own.length; token++) {
    const gain = Math.log((mixed[token] as number) / (own[token] as number))
    if (!Number.isNaN(gain))
      bias[token] = (bias[token] as number) + amount * Math.max(-mostGain, Math.min(mostGain, gain))
  }
}
