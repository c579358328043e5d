import type { Experts } from './counts.ts'
import type { Expert } from './expert.ts'
import { mixingWeights } from './mixing-weights.ts'

/** How many features an expert is weighed by. */
export const expertFeatures = 16

/** Orders from here on count alike. */
const highest = 8

/** The experts of a memory, in the order of their weights. */
export const expertNames = ['interval', 'pitch', 'degree'] as const

/**
 * What an expert is weighed by: the order that it has met, how often it has and how many things followed, how open it
 * leaves the choice, and how open the soloist does.
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
 * Mixes what the soloist and what its memories say: a weighted mean of the chances, whose weights are the softmax of
 * linear scores of the features; the soloist's score is 0.
 *
 * @param memories those of this session and of the performer; null where there is none.
 * @param weights for the experts of the first memory, then of the second, {@link expertFeatures} each.
 * @param mixed receives the chances.
 */
export type Mix = (
  own: Float64Array,
  memories: readonly (Experts | null)[],
  mixed: Float64Array,
  weights?: ArrayLike<number>,
) => void

/** Makes a {@link Mix} that allocates nothing. */
export function createMix(): Mix {
  const features = new Float64Array(expertFeatures)
  return (own, memories, mixed, weights = mixingWeights) => {
    const ownEntropy = entropyOf(own)
    for (let token = 0; token < own.length; token++) mixed[token] = own[token] as number
    let all = 1
    for (let memory = 0; memory < memories.length; memory++) {
      const experts = memories[memory]
      if (!experts) continue
      for (let each = 0; each < expertNames.length; each++) {
        const expert = experts[expertNames[each] as (typeof expertNames)[number]]
        tellFeatures(expert, ownEntropy, features, 0)
        const offset = (memory * expertNames.length + each) * expertFeatures
        let score = 0
        for (let feature = 0; feature < expertFeatures; feature++) {
          score += (features[feature] as number) * (weights[offset + feature] as number)
        }
        const weight = Math.exp(Math.min(20, score))
        all += weight
        for (let token = 0; token < mixed.length; token++) {
          mixed[token] = (mixed[token] as number) + weight * (expert.chances[token] as number)
        }
      }
    }
    for (let token = 0; token < mixed.length; token++) mixed[token] = (mixed[token] as number) / all
  }
}

/** In nats. */
export function entropyOf(chances: Float64Array): number {
  let entropy = 0
  for (const chance of chances) if (chance > 0) entropy -= chance * Math.log(chance)
  return entropy
}
