import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseChord } from '../music/index.ts'
import type { CheckpointFiles } from './checkpoint.ts'
import { type Continuation, continueSequence, finish } from './continue.ts'
import type { EncodingName } from './encodings/index.ts'
import { magentaRange } from './encodings/melody.ts'
import { squash } from './encodings/squash.ts'
import { createEngine } from './engine.ts'
import { readBundle, readMagentaJs } from './formats/index.ts'
import { InputRow } from './input-row.ts'
import { fastestHeap, scalarHeap } from './kernel/index.ts'
import { createModel, sequenceEncoding } from './model.ts'
import { networkOf } from './network.ts'
import { logProbability } from './sampling.ts'

const oracles = join(import.meta.dirname, 'oracles')
const json = (...path: string[]) => JSON.parse(readFileSync(join(oracles, ...path), 'utf8'))

function folder(path: string): CheckpointFiles {
  return {
    name: path,
    read: async (file) => (readdirSync(path).includes(file) ? new Uint8Array(readFileSync(join(path, file))) : null),
  }
}

function sparseRow(length: number, entries: readonly (readonly [number, number])[]): InputRow {
  const row = new InputRow(length)
  for (const [index, value] of entries) row.add(index, value)
  return row
}

/** The likeliest class. */
const argmax = (scores: Float32Array) => scores.indexOf(Math.max(...scores))

const bundles = readdirSync(join(oracles, 'bundles')).filter((name) => name.endsWith('.mag'))

describe.each(bundles)('TensorFlow’s bundle %s', (file) => {
  const checkpoint = readBundle(new Uint8Array(readFileSync(join(oracles, 'bundles', file))), file)
  const oracle = json('bundles', file.replace('.mag', '.json'))
  const network = networkOf(
    { ...checkpoint, claims: { attentionLength: oracle.attentionLength || undefined, ...checkpoint.claims } },
    file,
  )

  it('is the network that TensorFlow saved', () => {
    expect(network.layers).toHaveLength(oracle.layers.length ?? oracle.layers)
    expect(network.attention?.around ?? null).toBe(oracle.attention)
    expect(network.attention?.length ?? 0).toBe(oracle.attentionLength)
  })

  it.each([
    ['WebAssembly', fastestHeap],
    ['plain TypeScript', scalarHeap],
  ])('gives TensorFlow’s logits in %s', (_, heapOf) => {
    const engine = createEngine(network, heapOf)
    for (const [step, entries] of oracle.inputs.entries()) {
      engine.feed(sparseRow(engine.inputs, entries))
      for (const [token, logit] of oracle.logits[step].entries()) {
        expect(Math.abs((engine.logits[token] as number) - logit), `step ${step}, class ${token}`).toBeLessThan(2e-5)
      }
    }
  })
})

const checkpoints = readdirSync(join(oracles, 'magenta'))

describe.each(checkpoints)('Magenta.js’s checkpoint %s', (name) => {
  const path = join(oracles, 'magenta', name)
  const vectors = json('magenta', name, 'vectors.json')

  it.each([
    ['WebAssembly', fastestHeap],
    ['plain TypeScript', scalarHeap],
  ])('in %s gives Magenta.js’s tokens at argmax over 64 steps, and its log-probabilities', async (_, heapOf) => {
    const model = createModel(await readMagentaJs(folder(path)), name, undefined, heapOf)
    const engine = model.engine
    const encoding = sequenceEncoding(model)
    expect(model.notices).toEqual([])
    // Magenta.js's own rows of the primer, which for DrumsConverter are its own too.
    const row = new InputRow(engine.inputs)
    const events: number[] = []
    const chordOf = (figure: string) => (figure === 'N.C.' ? null : parseChord(figure))
    const setting = { chords: [...(vectors.chords ?? []).map(chordOf), null] }
    const eventOffset = engine.inputs - encodedEventInputs(name)
    for (const [step, ones] of vectors.primer.entries()) {
      row.clear()
      if (name === 'drum-classes') for (const one of ones) row.add(one)
      else {
        events.push(encoding.decode(ones[0], events))
        encoding.encode(row, events, step, setting)
        expect([...row.indices.subarray(0, row.count)]).toContain(eventOffset + ones[0])
      }
      engine.feed(row)
    }
    for (const [index, token] of vectors.tokens.entries()) {
      expect(argmax(engine.logits), `step ${index}`).toBe(token)
      expect(Math.abs(logProbability(engine.logits, token) - vectors.logProbs[index])).toBeLessThan(1e-4)
      events.push(encoding.decode(token, events))
      const step = vectors.primer.length + index
      if (name === 'drum-classes') engine.feed(row.clear().add(token))
      else {
        encoding.encode(row, events, step, setting)
        engine.feed(row)
      }
    }
  })
})

/** The part of a Magenta.js row that the event fills. */
function encodedEventInputs(name: string): number {
  if (name === 'drum-kit') return 518
  if (name === 'mono') return 130
  return name === 'drum-classes' ? 10 : 38
}

const reference = process.env.TRADEFOURS_REFERENCE

describe.skipIf(!reference)('attention_rnn, as published', async () => {
  const root = join(reference ?? '', 'attention_rnn')
  const play = (model: ReturnType<typeof createModel>, primer: number[]): Continuation =>
    finish(continueSequence(model, { primer, steps: 32, sampling: { temperature: 0 }, seed: 0 }))
  const oracle = json('attention-rnn.json')
  const mag = () =>
    createModel(readBundle(new Uint8Array(readFileSync(join(root, 'attention_rnn.mag'))), 'attention_rnn.mag'), 'mag')
  const tfjs = async (asked?: EncodingName) =>
    createModel(await readMagentaJs(folder(join(root, 'tfjs'))), 'tfjs', asked)

  it('continues as TensorFlow’s own run of its graph does', () => {
    const model = mag()
    expect(model.encoding.name).toBe('attention')
    expect(model.network.attention?.length).toBe(oracle.attentionLength)
    for (const { primer, tokens, events, logProbs } of oracle.continuations) {
      const continuation = play(model, primer)
      expect(continuation.tokens).toEqual(tokens)
      expect(continuation.events).toEqual(events)
      for (const [step, logProb] of logProbs.entries()) {
        expect(Math.abs((continuation.logProbs[step] as number) - logProb)).toBeLessThan(1e-4)
      }
    }
  })

  it('gets a call as Magenta moves it', () => {
    const calls = oracle.continuations.filter(({ call }: { call?: number[] }) => call)
    expect(calls).toHaveLength(2)
    for (const { call, semitones, primer } of calls)
      expect(squash(call, magentaRange, 0)).toEqual({ events: primer, semitones })
  })

  it('plays the same from the tfjs folder, whose config is wrong, and says so', async () => {
    const [bundle, exported] = [mag(), await tfjs()]
    expect(exported.notices.join(' ')).toContain('attention')
    for (const { primer } of oracle.continuations) expect(play(exported, primer)).toEqual(play(bundle, primer))
  })
})
