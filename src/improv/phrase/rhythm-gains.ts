import { chancesOf, lengthClasses, stepClasses, stepOf, type Twelfths } from '../../models/index.ts'
import { addGain, distanceClasses, type RhythmRecall } from '../memory/index.ts'

/** What memories have for, or against, what `phrase` may choose, in nats. */
export type RhythmGains = {
  /** Of each distance to the next note, by the model's scores of the steps. */
  distances(steps: Float32Array): Float64Array
  /** Of each class of lengths of the note before it, from how far the next one is. */
  lengths(scores: Float32Array, since: Twelfths): Float64Array
}

/** @param amount from 0, as the model says, to 1, as the model and its memories say together. */
export function createRhythmGains(recall: RhythmRecall, amount: number): RhythmGains {
  const [ownSteps, own] = [new Float64Array(stepClasses), new Float64Array(distanceClasses)]
  const [distances, lengths] = [new Float64Array(distanceClasses), new Float64Array(lengthClasses)]
  const ownLengths = new Float64Array(lengthClasses)
  return {
    distances(steps) {
      distances.fill(0)
      if (amount === 0) return distances
      chancesOf(steps, ownSteps)
      own.fill(0)
      for (const [token, chance] of ownSteps.entries()) {
        const { distance } = stepOf(token)
        own[distance] = (own[distance] as number) + chance
      }
      addGain(distances, own, recall.distances(own), amount)
      return distances
    },
    lengths(scores, since) {
      lengths.fill(0)
      if (amount === 0) return lengths
      chancesOf(scores, ownLengths)
      addGain(lengths, ownLengths, recall.lengths(ownLengths, since), amount)
      return lengths
    },
  }
}
