import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isPercussion } from '../../src/io/midi-file/index.ts'
import { seeded } from '../../src/models/index.ts'
import { measureBeats, metreName } from '../../src/music/index.ts'
import { tellEvidence } from '../../src/timing/free-take/evidence.ts'
import { freeMetres, guessesAt, onsetsOf } from '../../src/timing/free-take/find-loops.ts'
import type { Guess } from '../../src/timing/free-take/guess.ts'
import { textOf } from '../../src/timing/free-take/numbers-text.ts'
import { usualTempi } from '../../src/timing/free-take/take.ts'
import { weigh } from '../../src/timing/free-take/weigh.ts'
import type { Options } from '../options.ts'
import { type Learnt, type Lesson, learn } from './learn.ts'
import { type BassTune, freedoomBasses, freedoomLines, isForDevelopment, isUsual, weimarBasses } from './phrases.ts'
import type { PlayedTake } from './play.ts'
import { takesOf } from './takes.ts'
import { varied } from './vary.ts'

/** Learnt from are the guesses that were likeliest so far, and about so many others. */
const likeliest = 70
const others = 40

/** What is heard together. */
const together: readonly string[] = [
  ...['cost', 'misfit', 'tempo', 'tempo²', 'tempo of quarters', 'compound tempo', 'density', 'notes', 'seconds'],
  ...['long', 'quarter', 'eighth', 'short', 'short gap', 'middle gap', 'short gap in pulses', 'middle gap in pulses'],
  ...['seconds a measure', 'notes a measure', 'on odd', 'on quarter', 'on division', 'on pulse', 'pulses filled'],
  ...['downbeats filled', 'rhythm again, a measure', 'rhythm again, half a measure', 'rhythm again, a pulse'],
  ...[
    'rhythm less a pulse',
    'pitch again, a pulse',
    'pitch again, a measure',
    'measures: 2',
    'measures: 4',
    'measures: 8',
  ],
  ...['pickup length', 'rest length', 'one on press', 'pickup on press', '4/4', '3/4', 'one is common'],
  ...['changes on downbeat', 'rest at the end'],
]

/** Learns the weights of what speaks for a guess: those with which the right ones are likeliest. */
export function fitWeights({ data, seed }: Options): string {
  const random = seeded(seed)
  const names: string[] = []
  const forLearning = (tunes: readonly BassTune[]) => tunes.filter((tune) => isForDevelopment(tune) && isUsual(tune))
  const basses = forLearning([...freedoomBasses(data), ...weimarBasses(data)])
  const parts = forLearning(
    freedoomLines(data, (song) => song.parts.filter((part) => !isPercussion(part) && part.notes.length > 40)),
  )
  const lessons = [
    ...lessonsOf(basses, ({ corpus }, runs) => (corpus === 'weimar' ? 4 : Math.ceil(36 / Math.sqrt(runs))), true),
    ...lessonsOf(parts, () => 6, false),
  ]
  const learnt = learn(
    lessons,
    names.length,
    together.map((name) => names.indexOf(name)),
    random,
  )
  const path = fileURLToPath(new URL('../../src/timing/free-take/weights.ts', import.meta.url))
  writeFileSync(path, weightsFile(names, learnt))
  return `${lessons.length} takes of ${new Set(basses.map(({ id }) => id)).size} tunes; the weights are in ${path}.`

  function lessonsOf(
    tunes: readonly BassTune[],
    manyOf: (tune: BassTune, runs: number) => number,
    areBasses: boolean,
  ): Lesson[] {
    return [...new Set(tunes.map(({ id }) => id))].flatMap((id): Lesson[] => {
      const runs = tunes.filter((tune) => tune.id === id)
      const takes = runs.flatMap((tune) =>
        Array.from({ length: manyOf(tune, runs.length) }, (_, index) => {
          const played = index < 2 ? tune : varied(tune, random, index % 3 === 1)
          return takesOf(played, 1, random, index % 2 === 0 ? [2, 4, 8] : undefined)
        }).flat(),
      )
      const counts = (areBasses ? 1 : 0.7) / Math.sqrt(takes.length)
      return takes.map((take) => lessonOf(take, areBasses, counts))
    })
  }

  function lessonOf(played: PlayedTake, anyOctave: boolean, counts: number): Lesson {
    const guesses = guessesAt(played.take, onsetsOf(played.take), usualTempi, freeMetres)
      .map((each) => ({ each, right: isRight(each[1], played), weight: weigh(...each) }))
      .sort((a, b) => b.weight - a.weight)
      .filter(({ right }, index, all) => right || index < likeliest || random.next() < others / all.length)
    return {
      evidence: guesses.map(({ each }) => figuresOf(...each, names)),
      right: guesses.map(({ right }) => right),
      whole: guesses.map(({ each, right }) => right && metreName(each[1].levels.metre) === metreName(played.metre)),
      near: guesses.map(({ each }) => Math.abs(Math.log2(tempoOf(each[1]) / played.bpm)) < 1 / 2),
      anyOctave,
      counts,
    }
  }
}

function tempoOf({ track, startAt, levels: { metre }, measures }: Guess): number {
  return (60 * measures * measureBeats(metre)) / (track.end - startAt)
}

function isRight(guess: Guess, { start, bpm }: PlayedTake): boolean {
  return Math.abs(guess.startAt - start) < 0.07 && Math.abs(tempoOf(guess) / bpm - 1) < 0.04
}

function figuresOf(heard: Parameters<typeof weigh>[0], guess: Guess, names: string[]): Float32Array {
  const figures = new Float32Array(128)
  tellEvidence(heard, guess, (name, figure) => {
    const known = names.indexOf(name)
    figures[known < 0 ? names.push(name) - 1 : known] = figure
  })
  return figures
}

/** The source of `weights.ts`. */
function weightsFile(names: readonly string[], { weights, units }: Learnt): string {
  const digits = (value: number) => String(Number(value.toFixed(2)))
  const rows = [...names].sort().map((name) => {
    const row = [weights[names.indexOf(name)] as number, ...units.map(({ of }) => of[together.indexOf(name)])]
    return `  '${name}': '${textOf(row.filter((value) => value !== undefined))}',\n`
  })
  const made = units.map(({ bias, weight }) => `  { bias: ${digits(bias)}, weight: ${digits(weight)} },\n`)
  return `${head}export const weights: Readonly<Record<string, string>> = {\n${rows.join('')}}

/** The units that hear figures together: what they begin with, and how much each weighs. */
export const units: readonly { readonly bias: number; readonly weight: number }[] = [\n${made.join('')}]\n`
}

const head = `/**
 * How much each piece of evidence weighs; then, of what is heard together, how much it weighs for each unit: as \`numbersOf\`
 * reads them. Learnt by \`npm run eval -- --fit\` from basslines and other parts of Freedoom and from basslines of the Weimar
 * Jazz Database, played with a human's drift and jitter.
 */
`
