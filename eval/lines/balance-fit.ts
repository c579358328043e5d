import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { balanceFeatures, featuresAt, featuresOfNote } from '../../src/improv/biases/balance.ts'
import { balanceWeights } from '../../src/improv/biases/balance-weights.ts'
import { seeded } from '../../src/models/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import type { Options } from '../options.ts'
import { pitchesOf } from './baselines.ts'
import { material } from './material.ts'
import { otherTunes } from './memory-notes.ts'
import { playRemembering, rememberingSoloist, usualMemory } from './remembered-line.ts'
import { keyPresses } from './solo-player.ts'

/** Each round moves the weights by such a part of what they are off by, and goes by one third of the training tunes. */
const rounds = [
  ...Array.from({ length: 5 }, () => [0.17, 1] as const),
  ...Array.from({ length: 3 }, () => [0.1, 2] as const),
  ...Array.from({ length: 3 }, () => [0.08, 0] as const),
  ...Array.from({ length: 2 }, () => [0.05, 1] as const),
]

/** So many counts of either are added to each: what is rare says little. */
const prior = 20

/** No feature is led by more, in nats. */
const most = 1

/**
 * Learns the weights of the bias `balance`, and writes them into the source: the soloist plays on the rhythms of training
 * tunes, and what comes more often with it than with the soloists comes less in the next round (the moments of a
 * log-linear model are matched).
 */
export async function fitBalance(options: Options): Promise<string> {
  const { solo, training } = await material(options)
  const soloist = rememberingSoloist(solo)
  const weights = balanceWeights as number[]
  weights.splice(0, weights.length, ...new Array<number>(balanceFeatures).fill(0))
  const off = rounds.map(([rate, third], round) => {
    const lines = training.filter((_, index) => index % 3 === third)
    const random = seeded(options.seed + round)
    const played = lines.map((line, index) => {
      const known = (index + round) % 2 === 0 ? [] : otherTunes(line, training)
      return playRemembering(soloist, line, known, { memory: usualMemory }, random).pitches
    })
    return lead(weights, countsOf(lines, lines.map(pitchesOf)), countsOf(lines, played), rate)
  })
  const file = new URL('../../src/improv/biases/balance-weights.ts', import.meta.url)
  writeFileSync(fileURLToPath(file), sourceOf(weights))
  return `The lines were off by χ² = ${off.map(Math.round).join(', ')} in ${balanceFeatures} features.`
}

/** Moves the weights by what the machine is off, and says by how much, as a χ². */
function lead(weights: number[], human: Float64Array, machine: Float64Array, rate: number): number {
  let off = 0
  for (let feature = 0; feature < balanceFeatures; feature++) {
    const [wanted, found] = [human[feature] as number, machine[feature] as number]
    off += (wanted - found) ** 2 / (wanted + found + 1)
    const weight = (weights[feature] as number) + rate * Math.log((wanted + prior) / (found + prior))
    weights[feature] = Math.max(-most, Math.min(most, weight))
  }
  return off
}

/** How often each feature is there. */
function countsOf(lines: readonly Line[], played: readonly (readonly MidiPitch[])[]): Float64Array {
  const counts = new Float64Array(balanceFeatures)
  const features = new Int16Array(featuresOfNote)
  for (const [index, line] of lines.entries()) {
    const pitches = played[index] as readonly MidiPitch[]
    for (const [at, press] of keyPresses(line).entries()) {
      const [pitch, last, before] = [pitches[at], pitches[at - 1], pitches[at - 2]] as (MidiPitch | undefined)[]
      if (pitch === undefined || last === undefined) continue
      featuresAt(press, last, before)(pitch - last, features)
      for (const feature of features) if (feature >= 0) counts[feature] = (counts[feature] as number) + 1
    }
  }
  return counts
}

/** The weights as source. */
function sourceOf(weights: readonly number[]): string {
  const rows = Array.from({ length: Math.ceil(weights.length / perRow) }, (_, row) => {
    const these = weights.slice(row * perRow, (row + 1) * perRow)
    return `  ${these.map((weight) => Number(weight.toFixed(2))).join(', ')},\n`
  })
  return `${head}export const balanceWeights: readonly number[] = [\n${rows.join('')}]\n`
}

const perRow = 25

const head = `// biome-ignore format: rows
/** What the bias \`balance\` adds for each feature of a note, in nats. Learnt by \`npm run eval -- --fit --only judge\` from solos of the
 * Weimar Jazz Database of the training tunes, and from what the soloist played on their rhythms, a performer known in half of them.
 */
`
