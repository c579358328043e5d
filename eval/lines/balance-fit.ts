import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { balanceFeatures, balanceRows } from '../../src/improv/biases/balance-rows.ts'
import { balanceWeights } from '../../src/improv/biases/balance-weights.ts'
import { lettersOf, mostNats } from '../../src/improv/biases/weight-letters.ts'
import { intervalClass, noSoloMemory, seeded, withPitch } from '../../src/models/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import type { Options } from '../options.ts'
import { pitchesOf } from './baselines.ts'
import { material } from './material.ts'
import { otherTunes } from './memory-notes.ts'
import { playRemembering, rememberingSoloist, usualMemory } from './remembered-line.ts'
import { keyPresses } from './solo-player.ts'

/** Each round moves the weights by such a part of what they are off by; one third of the training tunes after the other is played. */
const rates = [...Array<number>(9).fill(0.1), ...Array<number>(6).fill(0.07), ...Array<number>(3).fill(0.05)]

/** So many counts of either are added to each: what is rare says little. */
const prior = 10

/**
 * Learns the weights of the bias `balance`, and writes them into the source: the soloist plays on the rhythms of training
 * tunes, and what comes more often with it than with the soloists comes less in the next round (the moments of a
 * log-linear model are matched).
 */
export async function fitBalance(options: Options): Promise<string> {
  const { solo, training } = await material(options)
  const soloist = rememberingSoloist(solo)
  balanceWeights.fill(0)
  const off = rates.map((rate, round) => {
    const lines = training.filter((_, index) => index % 3 === round % 3)
    const random = seeded(options.seed + round)
    const played = lines.map((line, index) => {
      const known = (index + Math.floor(round / 3)) % 2 === 0 ? [] : otherTunes(line, training)
      return playRemembering(soloist, line, known, { memory: usualMemory }, random).pitches
    })
    return lead(countsOf(lines, lines.map(pitchesOf)), countsOf(lines, played), rate)
  })
  const file = new URL('../../src/improv/biases/balance-weights.ts', import.meta.url)
  writeFileSync(fileURLToPath(file), sourceOf(lettersOf(balanceWeights)))
  return `The lines were off by χ² = ${off.map(Math.round).join(', ')} in ${balanceFeatures} features.`
}

/** Moves the weights by what the machine is off, and says by how much, as a χ². */
function lead(human: Float64Array, machine: Float64Array, rate: number): number {
  let off = 0
  for (let feature = 0; feature < balanceFeatures; feature++) {
    const [wanted, found] = [human[feature] as number, machine[feature] as number]
    off += (wanted - found) ** 2 / (wanted + found + 1)
    const weight = (balanceWeights[feature] as number) + rate * Math.log((wanted + prior) / (found + prior))
    balanceWeights[feature] = Math.max(-mostNats, Math.min(mostNats, weight))
  }
  return off
}

/** How often each feature is there. */
function countsOf(lines: readonly Line[], played: readonly (readonly MidiPitch[])[]): Float64Array {
  const counts = new Float64Array(balanceFeatures)
  for (const [index, line] of lines.entries()) {
    const pitches = played[index] as readonly MidiPitch[]
    let sounded = noSoloMemory
    for (const [at, press] of keyPresses(line).entries()) {
      const [pitch, last] = [pitches[at] as MidiPitch, pitches[at - 1]]
      if (last !== undefined) {
        const token = intervalClass(pitch - last)
        for (const { at, of } of balanceRows(press, sounded)) {
          const feature = at + (of[token] as number)
          counts[feature] = (counts[feature] as number) + 1
        }
      }
      sounded = withPitch(sounded, press, pitch)
    }
  }
  return counts
}

/** The letters of the weights as source. */
function sourceOf(letters: string): string {
  const rows = letters.match(/.{1,140}/g) ?? []
  return `${head}export const balanceWeights: Float64Array = weightsOf([\n${rows.map((row) => `  '${row}',\n`).join('')}].join(''))\n`
}

const head = `import { weightsOf } from './weight-letters.ts'

// biome-ignore format: rows
/** What the bias \`balance\` adds for each feature of a note: a letter is a weight. Learnt by \`npm run eval -- --fit --only judge\` from
 * solos of the Weimar Jazz Database of the training tunes, and from what the soloist played on their rhythms, a performer known in half
 * of them.
 */
`
