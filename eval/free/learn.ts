import type { Random } from '../../src/models/index.ts'

/** The guesses at a take: their evidence, which of them are right, which are in an octave of tempi; and what it counts. */
export type Lesson = {
  /** Of each guess. */
  readonly evidence: readonly Float32Array[]
  /** Tempo and beat one are right. */
  readonly right: readonly boolean[]
  /** And so is the metre. */
  readonly whole: readonly boolean[]
  /** The tempo is in an octave around the right one. */
  readonly near: readonly boolean[]
  /** Whether the octave itself is learnt from it: not from parts that aren't basses. */
  readonly anyOctave: boolean
  readonly counts: number
}

/** What is learnt: a weight a figure, and units over some of the figures. */
export type Learnt = {
  readonly weights: readonly number[]
  readonly units: readonly { readonly bias: number; readonly weight: number; readonly of: readonly number[] }[]
}

const epochs = 10
const batch = 32
const fastest = 0.01
/** Weights shrink by so much, times the rate, at each step; so many of the units are left out each time. */
const decay = 0.1
const leftOut = 0.2
const hidden = 8

/**
 * Learns the network with which the right guesses are likeliest (softmax regression; AdamW, one cycle of the rate).
 *
 * @param size how many figures there are.
 * @param together the figures that the units hear.
 */
export function learn(lessons: readonly Lesson[], size: number, together: readonly number[], random: Random): Learnt {
  const { means, spreads } = standardise(lessons, size)
  const inputs = together.length
  const unit = (index: number) => size + index * (inputs + 2)
  const all = unit(hidden)
  const values = new Float64Array(all)
  for (let index = 0; index < hidden; index++) {
    for (let input = 0; input <= inputs; input++)
      values[unit(index) + input] = (2 * random.next() - 1) / Math.sqrt(inputs)
    values[unit(index) + inputs + 1] = 0.2 * (2 * random.next() - 1)
  }
  const [mean, square] = [new Float64Array(all), new Float64Array(all)]
  const steps = epochs * Math.ceil(lessons.length / batch)
  const order = lessons.map((_, index) => index)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (let from = 0; from < order.length; from += batch) {
      const some = order.slice(from, from + batch)
      const slope = new Float64Array(all)
      const kept = Array.from({ length: hidden }, () => Number(random.next() >= leftOut) / (1 - leftOut))
      for (const index of some) addSlope(lessons[index] as Lesson, kept, slope)
      step++
      const rate = fastest * cycle(step / steps)
      for (let d = 0; d < all; d++) {
        const g = (slope[d] as number) / some.length
        mean[d] = 0.9 * (mean[d] as number) + 0.1 * g
        square[d] = 0.999 * (square[d] as number) + 0.001 * g * g
        const adam =
          (mean[d] as number) / (1 - 0.9 ** step) / (Math.sqrt((square[d] as number) / (1 - 0.999 ** step)) + 1e-8)
        values[d] = (values[d] as number) * (1 - rate * decay) - rate * adam
      }
    }
  }
  // As the figures are, and not as they were standardised.
  const scaled = (value: number, d: number) => value / (spreads[d] as number)
  return {
    weights: [...values.subarray(0, size)].map(scaled),
    units: Array.from({ length: hidden }, (_, index) => {
      const own = values.subarray(unit(index), unit(index + 1))
      const of = together.map((d, input) => scaled(own[input] as number, d))
      const bias = of.reduce((sum, weight, input) => sum - weight * (means[together[input] as number] as number), 0)
      return { of, bias: bias + (own[inputs] as number), weight: own[inputs + 1] as number }
    }),
  }

  /** The slope of the negative log-likelihoods of the right guesses. */
  function addSlope(lesson: Lesson, kept: readonly number[], slope: Float64Array): void {
    const { evidence, right, whole, near, anyOctave, counts } = lesson
    const heard = evidence.map((figures) => {
      return kept.map((_, index) => {
        const at = unit(index)
        let sum = values[at + inputs] as number
        for (let input = 0; input < inputs; input++)
          sum += (values[at + input] as number) * (figures[together[input] as number] as number)
        return Math.tanh(sum)
      })
    })
    const worth = evidence.map((figures, guess) => {
      let sum = 0
      for (let d = 0; d < size; d++) sum += (values[d] as number) * (figures[d] as number)
      for (let index = 0; index < hidden; index++)
        sum +=
          (kept[index] as number) * (values[unit(index) + inputs + 1] as number) * (heard[guess]?.[index] as number)
      return sum
    })
    const share = new Float64Array(evidence.length)
    for (const among of anyOctave ? [null, near] : [near, near])
      for (const good of [right, whole]) addShare(worth, good, among, counts / 4, share)
    for (const [guess, figures] of evidence.entries()) {
      const by = share[guess] as number
      if (Math.abs(by) < 1e-6) continue
      for (let d = 0; d < size; d++) slope[d] = (slope[d] as number) + by * (figures[d] as number)
      for (let index = 0; index < hidden; index++) {
        const at = unit(index)
        const by2 = by * (kept[index] as number)
        const own = heard[guess]?.[index] as number
        slope[at + inputs + 1] = (slope[at + inputs + 1] as number) + by2 * own
        const inner = by2 * (values[at + inputs + 1] as number) * (1 - own * own)
        slope[at + inputs] = (slope[at + inputs] as number) + inner
        for (let input = 0; input < inputs; input++)
          slope[at + input] = (slope[at + input] as number) + inner * (figures[together[input] as number] as number)
      }
    }
  }
}

/** By how much each guess among some is too likely, where the good ones should be certain. */
function addShare(
  worth: readonly number[],
  good: readonly boolean[],
  among: readonly boolean[] | null,
  counts: number,
  share: Float64Array,
): void {
  const isIn = (guess: number) => among === null || among[guess] === true
  let most = Number.NEGATIVE_INFINITY
  for (const [guess, each] of worth.entries()) if (isIn(guess)) most = Math.max(most, each)
  const likely = worth.map((each, guess) => (isIn(guess) ? Math.exp(each - most) : 0))
  const sum = likely.reduce((total, each) => total + each, 0)
  const goodSum = likely.reduce((total, each, guess) => total + (good[guess] ? each : 0), 0)
  if (!good.some((is, guess) => is && isIn(guess))) return
  for (const [guess, each] of likely.entries())
    share[guess] = (share[guess] as number) + counts * (each / sum - (good[guess] ? each / (goodSum + 1e-300) : 0))
}

/** The rate rises for three tenths of the steps, and falls to nothing. */
function cycle(share: number): number {
  return share < 0.3
    ? 0.04 + 0.48 * (1 - Math.cos((Math.PI * share) / 0.3))
    : 0.5 * (1 + Math.cos((Math.PI * (share - 0.3)) / 0.7))
}

function shuffle(order: number[], random: Random): void {
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(random.next() * (index + 1))
    ;[order[index], order[other]] = [order[other] as number, order[index] as number]
  }
}

/** Makes each figure 0 on average, and 1 in spread. @returns what they were. */
function standardise(lessons: readonly Lesson[], size: number) {
  const [sums, squares] = [new Float64Array(size), new Float64Array(size)]
  let count = 0
  for (const { evidence } of lessons) {
    for (const each of evidence) {
      count++
      for (let d = 0; d < size; d++) {
        sums[d] = (sums[d] as number) + (each[d] as number)
        squares[d] = (squares[d] as number) + (each[d] as number) ** 2
      }
    }
  }
  const means = sums.map((sum) => sum / count)
  const spreads = squares.map((square, d) => Math.sqrt(Math.max(0, square / count - (means[d] as number) ** 2)) || 1)
  for (const { evidence } of lessons)
    for (const each of evidence)
      for (let d = 0; d < size; d++) each[d] = ((each[d] as number) - (means[d] as number)) / (spreads[d] as number)
  return { means, spreads }
}
