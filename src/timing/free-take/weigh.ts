import { tellEvidence } from './evidence.ts'
import type { Guess } from './guess.ts'
import type { HeardTrack } from './hear.ts'
import { numbersOf } from './numbers-text.ts'
import { units, weights } from './weights.ts'

const rows = new Map(Object.entries(weights).map(([name, text]) => [name, numbersOf(text)]))

/**
 * How likely a guess is, in nats: only differences between the guesses at a take mean something.
 *
 * What is told of it is weighed. Beside that, a few units hear figures together that say little each: whether a tempo goes
 * with the notes depends on the metre, the repetitions and the length (a network of one hidden layer, with a way round it).
 */
export function weigh(heard: HeardTrack, guess: Guess): number {
  const sums = new Float64Array(1 + units.length)
  tellEvidence(heard, guess, (name, figure) => {
    const row = rows.get(name) ?? []
    for (let index = 0; index < row.length; index++)
      sums[index] = (sums[index] as number) + figure * (row[index] as number)
  })
  return units.reduce(
    (sum, { bias, weight }, unit) => sum + weight * Math.tanh(bias + (sums[unit + 1] as number)),
    sums[0] as number,
  )
}
