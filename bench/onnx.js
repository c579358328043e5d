/** @import { Linear, Network } from '../dist/models/index.js' */
import { Graph } from './onnx-graph.js'

/**
 * A network as an ONNX model of one step: from `row` and what is remembered to `logits` and what is remembered
 * next, each thing under its name with a dash. It stores the features of past steps, as our engine does.
 *
 * @param {Network} network
 */
export function onnxModel({ inputs, layers, attention, head }) {
  const graph = new Graph()
  const { op } = graph

  const linear = (/** @type {Linear} */ { rows, columns, weights, bias }, /** @type {string[]} */ parts) => {
    const x = parts.length > 1 ? op('Concat', parts, { axis: 1 }) : parts[0]
    return op('Gemm', [x, graph.constant(weights, [rows, columns]), graph.constant(bias, [columns])])
  }

  const lstm = (
    /** @type {Linear & { units: number }} */ layer,
    /** @type {string} */ x,
    /** @type {number} */ index,
  ) => {
    const [c, h] = ['c', 'h'].map((name) => graph.input(`${name}${index}`, [1, layer.units]))
    // TensorFlow opens the forget gate, the third of four, by 1.
    const bias = layer.bias.map((value, column) => (Math.floor(column / layer.units) === 2 ? value + 1 : value))
    const [i, j, f, o] = graph.split(linear({ ...layer, bias }, [x, h]), 4)
    const retained = op('Mul', [c, op('Sigmoid', [f])])
    const cell = op('Add', [retained, op('Mul', [op('Sigmoid', [i]), op('Tanh', [j])])])
    const output = op('Mul', [op('Tanh', [cell]), op('Sigmoid', [o])])
    graph.output(`c${index}'`, cell, [1, layer.units])
    graph.output(`h${index}'`, output, [1, layer.units])
    return { cell, output }
  }

  let x = graph.input('row', [1, inputs])
  if (attention) x = linear(attention.input, [x, graph.input('attended', [1, attention.size])])
  const states = /** @type {string[]} */ ([])
  for (const [index, layer] of layers.entries()) {
    const { cell, output } = lstm(layer, x, index)
    states.push(cell, output)
    x = output
    if (attention && index === (attention.around === 'first' ? 0 : layers.length - 1)) {
      const { length, size } = attention
      const [window, features] = ['window', 'features'].map((name) => graph.input(name, [length, size]))
      const match = op('Tanh', [op('Add', [features, linear(attention.query, states)])])
      const scores = op('Gemm', [graph.constant(attention.v, [1, size]), match], { transB: 1 })
      const found = op('MatMul', [op('Softmax', [scores], { axis: 1 }), window])
      x = linear(attention.output, [output, found])
      const feature = op('MatMul', [x, graph.constant(attention.features, [size, size])])
      graph.output(`attended'`, found, [1, size])
      graph.output(`window'`, graph.shift(window, x), [length, size])
      graph.output(`features'`, graph.shift(features, feature), [length, size])
    }
  }
  graph.output('logits', linear(head, [x]), [1, head.columns])
  return graph.encode()
}
