import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { seeded } from '../../src/models/index.ts'
import { metreName } from '../../src/music/index.ts'
import { tellEvidence } from '../../src/timing/free-take/evidence.ts'
import { freeMetres, guessesAt, onsetsOf } from '../../src/timing/free-take/find-loops.ts'
import type { Guess } from '../../src/timing/free-take/guess.ts'
import { usualTempi } from '../../src/timing/free-take/take.ts'
import type { Options } from '../options.ts'
import { freedoomBasses, isForDevelopment, isUsual, weimarBasses } from './phrases.ts'
import type { PlayedTake } from './play.ts'
import { takesOf } from './takes.ts'
import { varied } from './vary.ts'

/** So many wrong guesses at a take are learnt from: most are out of the question. */
const mostWrong = 120
/** Weights are pulled to 0 as by so many takes. */
const pull = 8
const epochs = 24
const batch = 16
const mostNames = 128

/** A take's guesses: their evidence in the order of the names, and whether they are right. */
type Lesson = { readonly evidence: readonly Float32Array[]; readonly right: readonly boolean[] }

/** Learns the weights of what speaks for a guess: those with which the right ones are likeliest (softmax regression). */
export function fitWeights({ data, seed }: Options): string {
  const tunes = [...freedoomBasses(data), ...weimarBasses(data)].filter(
    (tune) => isForDevelopment(tune) && isUsual(tune),
  )
  const random = seeded(seed)
  const names = new Map<string, number>()
  const lessons: Lesson[] = []
  for (const tune of tunes) {
    const runs = tunes.filter(({ id }) => id === tune.id).length
    const many = tune.corpus === 'weimar' ? 4 : Math.ceil(30 / runs)
    for (let index = 0; index < many; index++) {
      for (const played of takesOf(varied(tune, random, index % 2 === 1), 1, random)) {
        const guesses = guessesAt(played.take, onsetsOf(played.take), usualTempi, freeMetres)
        const kept = guesses.filter(([, guess]) => isRight(guess, played) || random.next() < mostWrong / guesses.length)
        const right = kept.map(([, guess]) => isRight(guess, played))
        if (right.includes(true)) lessons.push({ right, evidence: kept.map((each) => figuresOf(each, names)) })
      }
    }
  }
  const weights = learn(lessons, names.size, random)
  const text = [...names]
    .map(([name, index]) => [name, weights[index] as number] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, weight]) => `  '${name}': ${weight.toFixed(3)},\n`)
    .join('')
  const path = fileURLToPath(new URL('../../src/timing/free-take/weights.ts', import.meta.url))
  writeFileSync(path, `${head}export const weights: Readonly<Record<string, number>> = {\n${text}}\n`)
  return `${lessons.length} takes of ${new Set(tunes.map(({ id }) => id)).size} tunes; the weights are in ${path}.`
}

const head = `/**
 * How much each piece of evidence weighs. Learnt by \`npm run eval -- --fit\` from basslines of Freedoom and of the Weimar
 * Jazz Database, played with a human's drift and jitter.
 */
`

function isRight({ track, startAt, levels, measures }: Guess, { start, end, ...played }: PlayedTake): boolean {
  return (
    measures === played.measures &&
    metreName(levels.metre) === metreName(played.metre) &&
    Math.abs(startAt - start) < 0.08 &&
    Math.abs(track.end - startAt - (end - start)) < 0.15
  )
}

function figuresOf([heard, guess]: ReturnType<typeof guessesAt>[number], names: Map<string, number>): Float32Array {
  const figures = new Float32Array(mostNames)
  tellEvidence(heard, guess, (name, figure) => {
    const place = names.get(name) ?? names.size
    names.set(name, place)
    figures[place] = figure
  })
  return figures
}

/** Adam on the mean log-likelihood of the right guesses. */
function learn(lessons: Lesson[], size: number, random: ReturnType<typeof seeded>): number[] {
  const spread = spreads(lessons, size)
  for (const { evidence } of lessons)
    for (const each of evidence) for (let d = 0; d < size; d++) each[d] = (each[d] as number) / (spread[d] as number)
  const [weights, mean, square] = [0, 0, 0].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let steps = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let index = lessons.length - 1; index > 0; index--) {
      const other = Math.floor(random.next() * (index + 1))
      ;[lessons[index], lessons[other]] = [lessons[other] as Lesson, lessons[index] as Lesson]
    }
    const rate = epoch < epochs / 2 ? 0.05 : epoch < (3 * epochs) / 4 ? 0.015 : 0.005
    for (let from = 0; from < lessons.length; from += batch) {
      const some = lessons.slice(from, from + batch)
      const slope = new Float64Array(size)
      for (const lesson of some) addSlope(lesson, weights, slope)
      steps++
      for (let d = 0; d < size; d++) {
        const g = (slope[d] as number) / some.length + (pull * (weights[d] as number)) / lessons.length
        mean[d] = 0.9 * (mean[d] as number) + 0.1 * g
        square[d] = 0.999 * (square[d] as number) + 0.001 * g * g
        const step =
          (mean[d] as number) / (1 - 0.9 ** steps) / (Math.sqrt((square[d] as number) / (1 - 0.999 ** steps)) + 1e-8)
        weights[d] = (weights[d] as number) - rate * step
      }
    }
  }
  return [...weights].map((weight, d) => weight / (spread[d] as number))
}

/** The slope of the negative log-likelihood of the right guesses. */
function addSlope({ evidence, right }: Lesson, weights: Float64Array, slope: Float64Array): void {
  const worth = evidence.map((each) => {
    let sum = 0
    for (let d = 0; d < weights.length; d++) sum += (weights[d] as number) * (each[d] as number)
    return sum
  })
  const most = Math.max(...worth)
  const likely = worth.map((each) => Math.exp(each - most))
  const all = likely.reduce((sum, each) => sum + each, 0)
  const good = likely.reduce((sum, each, index) => sum + (right[index] ? each : 0), 0) + 1e-300
  for (const [index, each] of evidence.entries()) {
    const share = (likely[index] as number) / all - (right[index] ? (likely[index] as number) / good : 0)
    if (Math.abs(share) > 1e-6)
      for (let d = 0; d < slope.length; d++) slope[d] = (slope[d] as number) + share * (each[d] as number)
  }
}

/** The standard deviation of each figure between the guesses at a take. */
function spreads(lessons: readonly Lesson[], size: number): number[] {
  return Array.from({ length: size }, (_, d) => {
    let [sum, count] = [0, 0]
    for (const { evidence } of lessons) {
      const mean = evidence.reduce((total, each) => total + (each[d] as number), 0) / evidence.length
      for (const each of evidence) sum += ((each[d] as number) - mean) ** 2
      count += evidence.length
    }
    return Math.sqrt(sum / count) || 1
  })
}
