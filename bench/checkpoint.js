import { mkdir, writeFile } from 'node:fs/promises'
import { networkOf, seeded } from '../dist/models/index.js'
import { onnxModel } from './onnx.js'

/**
 * Writes a network of random weights for every contender to load: in Magenta.js's format, and as ONNX.
 *
 * @param {string} folder
 * @param {import('./shapes.js').Shape} shape
 */
export async function writeCheckpoint(folder, shape) {
  const random = seeded(1)
  const tensors = tensorsOf(shape).map(({ name, shape, size }) => {
    const length = shape.reduce((product, extent) => product * extent, 1)
    return { name, shape, data: Float32Array.from({ length }, () => (random.next() * 2 - 1) * size) }
  })
  const config = {
    type: 'MusicRNN',
    dataConverter: { type: 'MelodyConverter', args: { minPitch: 48, maxPitch: 83 } },
    auxInputs: shape.inputs > shape.classes ? [counter(shape.inputs - shape.classes)] : undefined,
    attentionLength: shape.attention?.length,
  }
  const manifest = [
    { paths: ['group1-shard1of1'], weights: tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) },
  ]
  const network = networkOf(
    { tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])), claims: { config } },
    shape.name,
  )
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(`${folder}/config.json`, JSON.stringify(config)),
    writeFile(`${folder}/weights_manifest.json`, JSON.stringify(manifest)),
    writeFile(`${folder}/group1-shard1of1`, Buffer.concat(tensors.map(({ data }) => new Uint8Array(data.buffer)))),
    writeFile(`${folder}/model.onnx`, onnxModel(network)),
  ])
}

const counter = (/** @type {number} */ numBits) => ({ type: 'BinaryCounter', args: { numBits } })

/** At 1 the argmax settles on a token; at 2.5 rounding errors grow until the contenders disagree. */
const liveliness = 1.5

/**
 * The tensors of a shape under TensorFlow's names, with the size of their random weights. Attention queries get no bias,
 * because Magenta.js leaves it out.
 *
 * @param {import('./shapes.js').Shape} shape
 */
function tensorsOf({ inputs, classes, units, attention }) {
  const linear = (
    /** @type {string} */ name,
    /** @type {number} */ rows,
    /** @type {number} */ columns,
    bias = 0.4,
    [weightName, biasName] = ['kernel', 'bias'],
  ) => [
    { name: `${name}/${weightName}`, shape: [rows, columns], size: liveliness * Math.sqrt(3 / rows) },
    { name: `${name}/${biasName}`, shape: [columns], size: bias },
  ]
  const wrapper =
    attention?.around === 'all' ? 'rnn/attention_cell_wrapper' : 'rnn/multi_rnn_cell/cell_0/attention_cell_wrapper'
  const layers = units.flatMap((count, index) => {
    const cell =
      attention?.around === 'all'
        ? `${wrapper}/multi_rnn_cell/cell_${index}`
        : attention && index === 0
          ? wrapper
          : `rnn/multi_rnn_cell/cell_${index}`
    return linear(`${cell}/basic_lstm_cell`, (units[index - 1] ?? inputs) + count, 4 * count)
  })
  const last = units.at(-1) ?? units[0]
  const wrapped = attention?.around === 'all' ? units : [units[0]]
  const size = wrapped.at(-1) ?? units[0]
  const around = attention
    ? [
        ...linear(wrapper, inputs + size, inputs),
        ...linear(`${wrapper}/attention`, 2 * wrapped.reduce((sum, count) => sum + count, 0), size, 0),
        { name: `${wrapper}/attention/attn_w`, shape: [1, 1, size, size], size: liveliness * Math.sqrt(3 / size) },
        { name: `${wrapper}/attention/attn_v`, shape: [size], size: 1 },
        ...linear(`${wrapper}/attention_output_projection`, 2 * size, size),
      ]
    : []
  return [...layers, ...around, ...linear('fully_connected', last, classes, 0.4, ['weights', 'biases'])]
}
