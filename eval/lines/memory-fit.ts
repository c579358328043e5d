import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  createNoteCounts,
  type Experts,
  entropyOf,
  expertFeatures,
  expertNames,
  tellFeatures,
} from '../../src/improv/index.ts'
import { intervalClass } from '../../src/models/index.ts'
import type { Line } from '../corpora/weimar.ts'
import type { Options } from '../options.ts'
import { material } from './material.ts'
import { countsOf, keptNotes, otherTunes } from './memory-notes.ts'
import { alongChances } from './solo-player.ts'

const memories = 2
const experts = memories * expertNames.length
const width = experts * expertFeatures
const epochs = 12
const batch = 64
/** Weights are pulled to 0, so that what was rarely met counts little. */
const pull = 1e-4

/** The notes that the weights are learnt from: what each voice gave the pitch that came, and the experts' features. */
type Lessons = { readonly chances: Float32Array; readonly features: Float32Array; readonly count: number }

/**
 * Learns how a soloist and its memories are mixed, from the training tunes, and writes it into the source. The soloist
 * knows these tunes a little too well, so the memories get rather too little than too much.
 */
export async function fitMixing(options: Options): Promise<string> {
  const { solo, training } = await material(options)
  const lines = options.quick ? training.filter((_, index) => index % 8 === 0) : training
  const parts: Lessons[] = []
  for (const [index, line] of lines.entries()) parts.push(lessonsOf(solo, line, index % 3 === 0 ? [] : training))
  const weights = learn(joined(parts))
  const rows = Array.from({ length: experts }, (_, expert) => {
    const row = weights.slice(expert * expertFeatures, (expert + 1) * expertFeatures)
    const name = `${expert < expertNames.length ? 'this session' : 'the performer'}: ${expertNames[expert % expertNames.length]}`
    return `  // ${name}\n  ${row.map(rounded).join(', ')},\n`
  })
  const path = fileURLToPath(new URL('../../src/improv/memory/mixing-weights.ts', import.meta.url))
  writeFileSync(
    path,
    `${head}// biome-ignore format: a row an expert\nexport const mixingWeights: readonly number[] = [\n${rows.join('')}]\n`,
  )
  return `${parts.reduce((sum, { count }) => sum + count, 0)} notes of ${lines.length} solos; the weights are in ${path}.`
}

/** Short, and nothing that could be taken for a constant of mathematics. */
function rounded(weight: number): string {
  return weight.toFixed(2)
}

const head = `/**
 * How much each expert's features weigh: a row an expert, a column a feature (\`tellFeatures\`). Learnt by
 * \`npm run eval -- --fit --only memory\` from those solos of the Weimar Jazz Database that \`solo\` has learnt from, each
 * with what its performer plays on other such tunes.
 */
`

function lessonsOf(solo: Parameters<typeof alongChances>[0], line: Line, solos: readonly Line[]): Lessons {
  const [session, performer] = [createNoteCounts(8192), countsOf(otherTunes(line, solos))]
  const notes = keptNotes(line)
  const count = notes.length - 1
  const chances = new Float32Array(count * (1 + experts))
  const features = new Float32Array(count * width)
  const row = new Float64Array(width)
  let at = 0
  let last = notes[0] as (typeof notes)[number]
  const pitches = [last.pitch]
  session.add(last)
  alongChances(solo, line, (own) => {
    const note = notes[at + 1] as typeof last
    const token = intervalClass(note.pitch - last.pitch)
    const moment = { pitches: [...pitches], chord: note.chord }
    const told: (Experts | null)[] = [
      session.ask(moment, own),
      performer.size() > 0 ? performer.ask(moment, own) : null,
    ]
    const entropy = entropyOf(own)
    chances[at * (1 + experts)] = own[token] as number
    row.fill(0)
    for (const [memory, each] of told.entries()) {
      for (const [index, name] of expertNames.entries()) {
        const expert = memory * expertNames.length + index
        if (!each) continue
        tellFeatures(each[name], entropy, row, expert * expertFeatures)
        chances[at * (1 + experts) + 1 + expert] = each[name].chances[token] as number
      }
    }
    features.set(row, at * width)
    session.add(note)
    pitches.unshift(note.pitch)
    pitches.length = Math.min(pitches.length, 9)
    last = note
    at++
  })
  return { chances, features, count }
}

function joined(parts: readonly Lessons[]): Lessons {
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const [chances, features] = [new Float32Array(count * (1 + experts)), new Float32Array(count * width)]
  let at = 0
  for (const part of parts) {
    chances.set(part.chances, at * (1 + experts))
    features.set(part.features, at * width)
    at += part.count
  }
  return { chances, features, count }
}

/** Adam on the likelihood of what was played. An expert without a feature takes no part. */
function learn({ chances, features, count }: Lessons): number[] {
  const weights: number[] = Array.from({ length: width }, (_, index) => (index % expertFeatures === 0 ? -2 : 0))
  const [mean, square, slope] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)]
  const parts = new Float64Array(experts)
  let steps = 0
  const updates = Math.ceil(count / batch)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let update = 0; update < updates; update++) {
      slope.fill(0)
      for (let each = 0; each < batch; each++) {
        // Steps through all notes in an order without neighbours: the step has no divisor in common with a power of two.
        const at = ((update * batch + each) * 7919 + epoch) % count
        addSlope(at)
      }
      steps++
      const rate = 0.02 * (1 - steps / (epochs * updates + 1))
      for (let d = 0; d < width; d++) {
        const g = (slope[d] as number) / batch + pull * (weights[d] as number)
        mean[d] = 0.9 * (mean[d] as number) + 0.1 * g
        square[d] = 0.999 * (square[d] as number) + 0.001 * g * g
        const step =
          (mean[d] as number) / (1 - 0.9 ** steps) / (Math.sqrt((square[d] as number) / (1 - 0.999 ** steps)) + 1e-8)
        weights[d] = (weights[d] as number) - rate * step
      }
    }
  }
  return weights

  function addSlope(at: number): void {
    let all = 1
    let likely = chances[at * (1 + experts)] as number
    for (let expert = 0; expert < experts; expert++) {
      const offset = at * width + expert * expertFeatures
      let score = 0
      for (let f = 0; f < expertFeatures; f++) {
        score += (features[offset + f] as number) * (weights[expert * expertFeatures + f] as number)
      }
      const weight = features[offset] === 1 ? Math.exp(Math.min(20, score)) : 0
      parts[expert] = weight
      all += weight
      likely += weight * (chances[at * (1 + experts) + 1 + expert] as number)
    }
    for (let expert = 0; expert < experts; expert++) {
      const weight = parts[expert] as number
      const slopeOfScore = weight / all - (weight * (chances[at * (1 + experts) + 1 + expert] as number)) / likely
      const offset = at * width + expert * expertFeatures
      for (let f = 0; f < expertFeatures; f++) {
        const index = expert * expertFeatures + f
        slope[index] = (slope[index] as number) + slopeOfScore * (features[offset + f] as number)
      }
    }
  }
}
