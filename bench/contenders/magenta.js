import * as tf from '@tensorflow/tfjs'
import { primerOf } from '../shapes.js'

/**
 * @magenta/music's MusicRNN, with tokens in place of notes, so that what is timed is the network.
 *
 * @param {'cpu' | 'wasm'} backend
 * @returns {import('../contender.js').Load}
 */
export const magentaOn = (backend) => async (address, shape) => {
  globalThis.window ??= /** @type {any} */ (globalThis) // for which it looks in workers too
  const { MusicRNN } = await import('#music-rnn').then((module) => module.default ?? module)
  await tf.setBackend(backend)
  const rnn = /** @type {any} */ (new MusicRNN(address))
  await rnn.initialize()
  rnn.dataConverter = {
    toTensor: () => tf.oneHot(tf.tensor1d(primerOf(shape), 'int32'), shape.classes),
    toNoteSequence: (/** @type {tf.Tensor} */ samples) => tf.tidy(() => samples.argMax(1)).data(),
  }
  if (shape.attention?.around === 'first') attendFirst(rnn, shape.units, shape.attention.length)
  const sequence = { quantizationInfo: { stepsPerQuarter: 4 } }
  return async (steps, onScores) => {
    await tf.setBackend(backend)
    if (!onScores) return rnn.continueSequence(sequence, steps)
    const continued = await rnn.continueSequenceAndReturnProbabilities(sequence, steps)
    for (const probabilities of continued.probs) onScores(probabilities.map(Math.log))
    return continued.sequence
  }
}

/** Teaches it attention around the first of its cells, for it knows only attention around three. */
function attendFirst(
  /** @type {any} */ rnn,
  /** @type {import('../shapes.js').Shape['units']} */ units,
  /** @type {number} */ length,
) {
  const [size] = units
  const wrapper = 'rnn/multi_rnn_cell/cell_0/attention_cell_wrapper'
  const tensor = (/** @type {string} */ name) => rnn.rawVars[name]
  const linear = (/** @type {string} */ name, /** @type {tf.Tensor2D[]} */ ...parts) => {
    const [kernel, bias] = ['kernel', 'bias'].map((part) => tensor(`${wrapper}/${name}${part}`))
    return /** @type {tf.Tensor2D} */ (tf.concat(parts, 1).matMul(kernel).add(bias))
  }
  const [first, ...rest] = units.map((_, index) => {
    const cell = `${index === 0 ? wrapper : `rnn/multi_rnn_cell/cell_${index}`}/basic_lstm_cell`
    return (/** @type {tf.Tensor2D} */ x, /** @type {tf.Tensor2D} */ c, /** @type {tf.Tensor2D} */ h) =>
      tf.basicLSTMCell(rnn.forgetBias, tensor(`${cell}/kernel`), tensor(`${cell}/bias`), x, c, h)
  })
  rnn.biasShapes = units.map((count) => 4 * count)
  rnn.attentionWrapper = {
    initState: () => ({ attended: tf.zeros([1, size]), window: tf.zeros([length, size]) }),
    /** @type {(input: tf.Tensor2D, c: tf.Tensor2D[], h: tf.Tensor2D[], past: Record<string, tf.Tensor2D>) => object} */
    call(input, c, h, { attended, window }) {
      const [cell, output] = first(linear('', input, attended), c[0], h[0])
      const features = window.matMul(tensor(`${wrapper}/attention/attn_w`).reshape([size, size]))
      const match = features.add(linear('attention/', cell, output)).tanh()
      const scores = match.mul(tensor(`${wrapper}/attention/attn_v`)).sum(1)
      const found = scores.softmax().as2D(1, length).matMul(window)
      const joined = linear('attention_output_projection/', output, found.as2D(1, size))
      const past = tf.concat([window.slice([1, 0]), joined])
      const [cells, outputs] = tf.multiRNNCell(rest, joined, c.slice(1), h.slice(1))
      return {
        output: outputs.at(-1),
        c: [cell, ...cells],
        h: [output, ...outputs],
        attentionState: { attended: found, window: past },
      }
    },
  }
}
