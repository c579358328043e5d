/**
 * Records what @magenta/music makes of checkpoints in its own format.
 *
 *     node oracles/record-magenta.mjs OUTPUT_FOLDER
 *
 * writes a folder for each model below: a checkpoint with random weights, and vectors.json with one greedy
 * continuation of 64 steps. README.md beside this file says what the vectors show.
 */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import musicRnn from '@magenta/music/node/music_rnn.js'

const STEPS = 64
const SMALLEST_MARGIN = 5e-3 // between the best and the next logit, so that no argmax hangs on rounding
const SMALLEST_VARIETY = 8 // different tokens

const melody = (minPitch, maxPitch) => ({ type: 'MelodyConverter', args: { minPitch, maxPitch } })
const drums = (type) => ({ type, args: { pitchClasses: null, numSteps: null } })

/** '60 0 2, …' is pitch 60 from step 0 up to step 2. */
const notes = (text) => text.split(', ').map((note) => note.split(' ').map(Number))

const CALL = notes('60 0 2, 62 2 3, 64 3 4, 67 6 8, 65 8 9, 64 9 12, 60 13 16')
const WIDE_CALL = notes('0 0 3, 127 3 4, 64 5 6')
// 35 and 40 are of the classes whose first pitches are 36 and 38.
const GROOVE = notes(
  '36 0 1, 42 0 1, 42 2 3, 40 4 5, 42 4 5, 42 6 7, 35 8 9, 42 8 9, 46 10 11, 38 12 13, 51 14 15, 49 15 16',
)

const TUNE = ['Dm7', 'G7', 'Cmaj7', 'N.C.', 'F#dim', 'Bm7b5', 'E7b9', 'Am7', 'Eb', 'Asus4', 'Caug']
const PLAIN_TRIADS = ['C', 'Am', 'F#m', 'Bb', 'N.C.']
const ALL_TRIADS = [...PLAIN_TRIADS, 'Caug', 'Ebdim']

/** A chord for each step, as Magenta.js itself stretches a progression. */
const spread = (chords, steps) =>
  Array.from({ length: steps }, (_, step) => chords[Math.floor((step * chords.length) / steps)])

/** `size` counts the classes, and what the event takes of an input row; `extra` what a chord or counter takes of it. */
const MODELS = {
  basic: { dataConverter: melody(48, 83), size: 38, layers: [16, 20], notes: CALL },
  mono: { dataConverter: melody(0, 127), size: 130, layers: [20, 16], notes: WIDE_CALL, totalSteps: 7 },
  'drum-kit': {
    dataConverter: drums('DrumsOneHotConverter'),
    auxInputs: [{ type: 'BinaryCounter', args: { numBits: 6 } }],
    size: 512,
    extra: 6,
    layers: [16, 18, 20],
    notes: GROOVE,
  },
  'drum-classes': { dataConverter: drums('DrumsConverter'), size: 10, layers: [20, 16], notes: GROOVE },
  'chord-pitches': {
    dataConverter: melody(48, 83),
    chordEncoder: 'PitchChordEncoder',
    size: 38,
    extra: 37,
    layers: [18, 20, 16],
    notes: CALL,
    chords: TUNE,
  },
  'major-minor': {
    dataConverter: melody(48, 83),
    chordEncoder: 'MajorMinorChordEncoder',
    size: 38,
    extra: 25,
    layers: [16, 20],
    notes: CALL,
    chords: PLAIN_TRIADS,
  },
  triads: {
    dataConverter: melody(48, 83),
    chordEncoder: 'TriadChordEncoder',
    size: 38,
    extra: 49,
    layers: [20, 16],
    notes: CALL,
    chords: ALL_TRIADS,
  },
  'basic-uint8': { dataConverter: melody(48, 83), size: 38, layers: [16, 20], notes: CALL, quantization: 'uint8' },
  'basic-uint16': { dataConverter: melody(48, 83), size: 38, layers: [16, 20], notes: CALL, quantization: 'uint16' },
  'basic-shards': { dataConverter: melody(48, 83), size: 38, layers: [22, 18], notes: CALL, shardBytes: 4099 },
}

/** Mulberry32, made normal by Box and Muller. */
function normal(seed) {
  const uniform = () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** Weights that make the argmax wander: the larger they are, the less it settles. */
function randomTensors({ size, extra = 0, layers }, seed) {
  const random = normal(seed)
  const tensor = (name, shape, deviation) => {
    const length = shape.reduce((a, b) => a * b)
    return { name, shape, values: Float32Array.from({ length }, () => random() * deviation) }
  }
  const cells = layers.flatMap((units, l) => {
    const inputs = l === 0 ? size + extra : layers[l - 1]
    const name = `rnn/multi_rnn_cell/cell_${l}/basic_lstm_cell`
    return [
      tensor(`${name}/kernel`, [inputs + units, 4 * units], l === 0 ? 1 : 3 / Math.sqrt(inputs + units)),
      tensor(`${name}/bias`, [4 * units], 0.5),
    ]
  })
  const last = layers.at(-1)
  return [
    ...cells,
    tensor('fully_connected/weights', [last, size], 6 / Math.sqrt(last)),
    tensor('fully_connected/biases', [size], 0.5),
  ]
}

/** A tensor's bytes and manifest entry. A quantised value q stands for q · scale + min. */
function encode({ name, shape, values }, quantization) {
  if (!quantization) return { entry: { name, shape, dtype: 'float32' }, bytes: Buffer.from(values.buffer) }
  const [Integers, levels] = quantization === 'uint8' ? [Uint8Array, 255] : [Uint16Array, 65535]
  const min = Math.min(...values)
  const scale = (Math.max(...values) - min) / levels
  const quantized = Integers.from(values, (value) => Math.round((value - min) / scale))
  return {
    entry: { name, shape, dtype: 'float32', quantization: { min, scale, dtype: quantization } },
    bytes: Buffer.from(quantized.buffer),
  }
}

/** Writes config, manifest and shards. Shards cut the weights wherever they are full, even within one number. */
async function writeCheckpoint(folder, model, seed) {
  const encoded = randomTensors(model, seed).map((tensor) => encode(tensor, model.quantization))
  const bytes = Buffer.concat(encoded.map((tensor) => tensor.bytes))
  const shardBytes = model.shardBytes ?? bytes.length
  const count = Math.ceil(bytes.length / shardBytes)
  const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}`)
  const { dataConverter, auxInputs, chordEncoder } = model
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeJson(join(folder, 'config.json'), { type: 'MusicRNN', dataConverter, auxInputs, chordEncoder })
  await writeJson(join(folder, 'weights_manifest.json'), [{ paths, weights: encoded.map((tensor) => tensor.entry) }])
  await Promise.all(
    paths.map((path, i) => writeFile(join(folder, path), bytes.subarray(i * shardBytes, (i + 1) * shardBytes))),
  )
}

/** JSON with a line to each of the outermost values. */
function writeJson(path, value) {
  const lines = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `  ${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}${JSON.stringify(item)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return writeFile(path, `${open}\n${lines.join(',\n')}\n${close}\n`)
}

/** A greedy continuation: the vectors, and how near the nearest argmax came to a tie. */
async function continuation(url, { notes, totalSteps = 16, chords }) {
  const rnn = new musicRnn.MusicRNN(url)
  await rnn.initialize()
  if (chords) keepFloats(rnn.chordEncoder)
  const sequence = {
    notes: notes.map(([pitch, start, end]) => ({ pitch, quantizedStartStep: start, quantizedEndStep: end })),
    quantizationInfo: { stepsPerQuarter: 4 },
    totalQuantizedSteps: totalSteps,
  }
  const rows = await rnn.dataConverter.toTensor(sequence).array()
  const progression = chords && spread(chords, totalSteps + STEPS)
  const { probs } = await rnn.continueSequenceAndReturnProbabilities(sequence, STEPS, undefined, progression)
  const tokens = probs.map((row) => row.indexOf(Math.max(...row)))
  const margins = probs.map((row) => {
    const [best, next] = [...row].sort((a, b) => b - a)
    return Math.log(best / next)
  })
  const encodedChords = chords?.map((chord) => [chord, ones(rnn.chordEncoder.encode(chord).arraySync())])
  rnn.dispose()
  return {
    margin: Math.min(...margins),
    vectors: {
      notes,
      primer: rows.map(ones),
      chords: progression,
      encodedChords: encodedChords && Object.fromEntries(encodedChords),
      tokens,
      logProbs: probs.map((row, i) => Number(Math.log(row[tokens[i]]).toFixed(6))),
    },
  }
}

/**
 * A one-hot chord is int32 in Magenta.js. On tfjs's CPU backend that makes the whole input int32, and with it the first
 * cell's h, so that every h is cut to 0; and 'N.C.' can't stand beside the float chords of PitchChordEncoder.
 */
function keepFloats(chordEncoder) {
  const encodeChord = chordEncoder.encode.bind(chordEncoder)
  chordEncoder.encode = (chord) => encodeChord(chord).toFloat()
}

const ones = (row) => row.flatMap((value, index) => (value ? [index] : []))

/** @magenta/music reads checkpoints by URL alone. */
async function serve(folder) {
  const server = createServer(async ({ url }, response) => {
    response.end(await readFile(join(folder, url)))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const folder = process.argv[2]
const server = await serve(folder)
console.log = () => {} // MusicRNN logs every load
for (const [name, model] of Object.entries(MODELS)) {
  for (let seed = 1; ; seed++) {
    await writeCheckpoint(join(folder, name), model, seed)
    const { margin, vectors } = await continuation(`http://127.0.0.1:${server.address().port}/${name}`, model)
    const variety = new Set(vectors.tokens).size
    if (margin < SMALLEST_MARGIN || variety < SMALLEST_VARIETY) continue
    await writeJson(join(folder, name, 'vectors.json'), vectors)
    console.info(`${name}: seed ${seed}, ${variety} different tokens, margin ${margin.toFixed(4)}`)
    break
  }
}
server.close()
