import { type Expert, expertFeatures, noteLogs, tellFeatures } from '../../src/improv/index.ts'

const epochs = 16
const batch = 64
const fastest = 0.02
/** Weights are pulled to 0, so that what was rarely met counts little. */
const pull = 1e-4

/** The notes that weights are learnt from, one after the other. */
export type Lessons = {
  readonly classes: number
  readonly experts: number
  /** Logarithms of the chances: the model's own, then each expert's beside it. */
  readonly own: Float32Array[]
  readonly gains: Float32Array[]
  /** Of each expert; all 0 where there is none. */
  readonly features: Float32Array[]
  readonly goals: number[]
}

/** No notes yet. */
export function noLessons(classes: number, experts: number): Lessons {
  return { classes, experts, own: [], gains: [], features: [], goals: [] }
}

/** Adds a note: what the model and each expert said, and what came. */
export function addLesson(
  { classes, experts, own, gains, features, goals }: Lessons,
  chances: Float64Array,
  told: readonly (Expert | null)[],
  goal: number,
): void {
  const logs = new Float64Array(classes)
  const entropy = noteLogs(chances, logs)
  const gain = new Float32Array(experts * classes)
  const row = new Float64Array(experts * expertFeatures)
  for (const [index, expert] of told.entries()) {
    if (!expert) continue
    tellFeatures(expert, entropy, row, index * expertFeatures)
    for (let token = 0; token < classes; token++) {
      gain[index * classes + token] = (expert.logs[token] as number) - (logs[token] as number)
    }
  }
  own.push(Float32Array.from(logs))
  gains.push(gain)
  features.push(Float32Array.from(row))
  goals.push(goal)
}

/** Learns the weights of a mix: Adam on the likelihood of what was played. */
export function learnWeights({ classes, experts, own, gains, features, goals }: Lessons): number[] {
  const width = experts * expertFeatures
  const weights = new Float64Array(width)
  const [mean, square, slope] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)]
  const [chances, expertWeights] = [new Float64Array(classes), new Float64Array(experts)]
  const updates = Math.ceil(goals.length / batch)
  for (let step = 1; step <= epochs * updates; step++) {
    slope.fill(0)
    for (let each = 0; each < batch; each++) {
      // Steps through all notes in an order without neighbours: the stride is a prime.
      addSlope(((step * batch + each) * 7919) % goals.length)
    }
    const rate = fastest * (1 - step / (epochs * updates + 1))
    for (let d = 0; d < width; d++) {
      const g = (slope[d] as number) / batch + pull * (weights[d] as number)
      mean[d] = 0.9 * (mean[d] as number) + 0.1 * g
      square[d] = 0.999 * (square[d] as number) + 0.001 * g * g
      const [centre, spread] = [(mean[d] as number) / (1 - 0.9 ** step), (square[d] as number) / (1 - 0.999 ** step)]
      weights[d] = (weights[d] as number) - (rate * centre) / (Math.sqrt(spread) + 1e-8)
    }
  }
  return [...weights]

  /** Adds how the surprise of a note changes with each weight. */
  function addSlope(at: number): void {
    const [logs, gain, row] = [own[at], gains[at], features[at]] as [Float32Array, Float32Array, Float32Array]
    const goal = goals[at] as number
    for (let expert = 0; expert < experts; expert++) {
      let weight = 0
      for (let f = expert * expertFeatures; f < (expert + 1) * expertFeatures; f++) {
        weight += (row[f] as number) * (weights[f] as number)
      }
      expertWeights[expert] = weight
    }
    let sum = 0
    for (let token = 0; token < classes; token++) {
      let score = logs[token] as number
      for (let expert = 0; expert < experts; expert++) {
        score += (expertWeights[expert] as number) * (gain[expert * classes + token] as number)
      }
      chances[token] = Math.exp(Math.min(20, score))
      sum += chances[token] as number
    }
    for (let expert = 0; expert < experts; expert++) {
      let expected = 0
      for (let token = 0; token < classes; token++) {
        expected += (chances[token] as number) * (gain[expert * classes + token] as number)
      }
      const surplus = expected / sum - (gain[expert * classes + goal] as number)
      for (let f = expert * expertFeatures; f < (expert + 1) * expertFeatures; f++) {
        slope[f] = (slope[f] as number) + surplus * (row[f] as number)
      }
    }
  }
}

/** Weights as rows of source, an expert each. */
export function weightRows(weights: readonly number[], names: readonly string[]): string {
  return names
    .map((name, expert) => {
      const row = weights.slice(expert * expertFeatures, (expert + 1) * expertFeatures)
      return `  // ${name}\n  ${row.map((weight) => Number(weight.toFixed(3))).join(', ')},\n`
    })
    .join('')
}
