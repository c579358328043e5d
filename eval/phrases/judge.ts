import { seeded } from '../../src/models/index.ts'
import { mod } from '../../src/music/index.ts'
import { chordIn, type Turn, type TurnNote } from './turns.ts'

/** What a judge may look at. */
export type Sense = 'rhythm' | 'pitch' | 'both'

/** What is judged: whether a human played it, and the features that a judge sees, as numbers below the width. */
export type Sample = { readonly human: boolean; readonly features: readonly number[] }

/** How many features a phrase's judge tells apart. */
const usualWidth = 1 << 14

/** How many notes a phrase has at least that is judged. */
const fewestNotes = 5

/** Phrases, as a judge sees them. */
export function samplesOf(
  turn: Turn,
  phrases: readonly (readonly TurnNote[])[],
  human: boolean,
  sense: Sense,
): Sample[] {
  return phrases
    .filter((phrase) => phrase.length >= fewestNotes)
    .map((phrase) => {
      const words = [
        ...(sense !== 'pitch' ? rhythmWords(phrase) : []),
        ...(sense !== 'rhythm' ? pitchWords(turn, phrase) : []),
      ]
      return sampleOf(human, words)
    })
}

/**
 * What words tell of, as a judge sees it: whether they are there.
 *
 * @param width how many words are told apart; the others are confused with these.
 */
export function sampleOf(human: boolean, words: readonly string[], width: number = usualWidth): Sample {
  return { human, features: [...new Set(words.map((word) => hash(word) % width))] }
}

/** What is to be heard of the rhythm: distances and places, one to four at a time, lengths, and the phrase's shape. */
function rhythmWords(phrase: readonly TurnNote[]): string[] {
  const places = phrase.map(({ beat }) => Math.round(12 * beat))
  const distances = places.slice(1).map((place, index) => Math.min(48, place - (places[index] as number)))
  const phases = places.map((place) => mod(place, 12))
  const shares = distances.map((distance, index) => {
    const beats = (phrase[index] as TurnNote).beats
    // What overlaps is as legato as can be: notated places and played lengths don't agree to the last.
    return Math.round(5 * Math.min(1, (12 * beats) / Math.max(1, distance)))
  })
  const [first, last] = [phrase[0], phrase.at(-1)] as [TurnNote, TurnNote]
  const density = phrase.length / (last.beat - first.beat + 0.5)
  return [
    ...grams('d', distances, 4),
    ...grams(
      'p',
      distances.map((distance, index) => `${phases[index]}:${distance}`),
      2,
    ),
    ...grams(
      's',
      shares.map((share, index) => `${share}:${Math.min(12, distances[index] as number)}`),
      2,
    ),
    `first ${mod(places[0] as number, 48)}`,
    `last ${mod(places.at(-1) as number, 48)}`,
    `end ${Math.round(4 * Math.log2(Math.max(0.05, last.beats)))}`,
    `notes ${Math.round(3 * Math.log2(phrase.length))}`,
    `density ${Math.round(6 * density) / 6}`,
    `kinds ${new Set(distances).size}`,
  ]
}

/** What is to be heard of the pitches: intervals, one to four at a time, and how they sit on the chords. */
function pitchWords(turn: Turn, phrase: readonly TurnNote[]): string[] {
  const intervals = phrase.slice(1).map(({ pitch }, index) => pitch - (phrase[index] as TurnNote).pitch)
  const degrees = phrase.map(({ pitch, beat }) => {
    const chord = chordIn(turn, beat)
    return chord ? mod(pitch - chord.root, 12) : -1
  })
  const pitches = phrase.map(({ pitch }) => pitch)
  return [
    ...grams('i', intervals, 4),
    ...grams('g', degrees, 2),
    ...grams(
      'h',
      intervals.map((interval, index) => `${degrees[index]}:${interval}`),
      1,
    ),
    `range ${Math.max(...pitches) - Math.min(...pitches)}`,
    `net ${(pitches.at(-1) as number) - (pitches[0] as number)}`,
    `distinct ${Math.round((5 * new Set(pitches).size) / pitches.length)}`,
  ]
}

/** Words of one to so many in a row. */
export function grams(name: string, words: readonly (number | string)[], most: number): string[] {
  return words.flatMap((_, index) =>
    Array.from({ length: Math.min(most, index + 1) }, (_, back) => `${name} ${words.slice(index - back, index + 1)}`),
  )
}

/** FNV-1a. */
function hash(word: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < word.length; index++) value = Math.imul(value ^ word.charCodeAt(index), 0x01000193)
  return value >>> 0
}

/**
 * How often a judge tells machine from human in what it has not seen: a logistic regression over features, trained with
 * AdaGrad on as many of either.
 *
 * @param width that of the samples.
 */
export function accuracy(
  training: readonly Sample[],
  unseen: readonly Sample[],
  seed: number,
  width: number = usualWidth,
): number {
  const random = seeded(seed)
  const learnt = shuffled(balanced(training, random), random)
  const weights = new Float64Array(width + 1)
  const squares = new Float64Array(width + 1).fill(1)
  const score = ({ features }: Sample) =>
    features.reduce((sum, feature) => sum + (weights[feature] as number), weights[width] as number) /
    Math.sqrt(features.length)
  for (let pass = 0; pass < 20; pass++) {
    for (const sample of shuffled(learnt, random)) {
      const error = Number(sample.human) - 1 / (1 + Math.exp(-score(sample)))
      for (const feature of [...sample.features, width]) {
        const slope = error / Math.sqrt(sample.features.length) - decay * (weights[feature] as number)
        squares[feature] = (squares[feature] as number) + slope * slope
        weights[feature] = (weights[feature] as number) + (rate * slope) / Math.sqrt(squares[feature] as number)
      }
    }
  }
  const judged = balanced(unseen, random)
  return judged.filter((sample) => score(sample) > 0 === sample.human).length / judged.length
}

const rate = 0.3
const decay = 1e-3

/** As many of either. */
function balanced(samples: readonly Sample[], random: ReturnType<typeof seeded>): Sample[] {
  const [humans, machines] = [true, false].map((human) =>
    shuffled(
      samples.filter((sample) => sample.human === human),
      random,
    ),
  ) as [Sample[], Sample[]]
  const count = Math.min(humans.length, machines.length)
  return [...humans.slice(0, count), ...machines.slice(0, count)]
}

function shuffled<Each>(items: readonly Each[], random: ReturnType<typeof seeded>): Each[] {
  const result = [...items]
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random.next() * (index + 1))
    ;[result[index], result[other]] = [result[other] as Each, result[index] as Each]
  }
  return result
}
