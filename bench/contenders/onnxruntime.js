import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import { contender } from '../contender.js'
import { continuation } from '../continuation.js'
import { eachInput } from '../shapes.js'

env.wasm.numThreads = 1

export default contender(async (address, shape) => {
  const model = await (await fetch(`${address}/model.onnx`)).arrayBuffer()
  const session = await InferenceSession.create(new Uint8Array(model), { executionProviders: ['wasm'] })
  const zeros = session.inputMetadata.map((input) => {
    const dimensions = 'shape' in input ? input.shape.map(Number) : []
    const size = dimensions.reduce((product, extent) => product * extent, 1)
    return [input.name, new Tensor('float32', new Float32Array(size), dimensions)]
  })
  const remembered = session.inputNames.filter((name) => name !== 'row')
  return (steps, onScores) => {
    const feeds = Object.fromEntries(zeros)
    const feed = async (/** @type {number} */ token, /** @type {number} */ step) => {
      const row = new Float32Array(shape.inputs)
      eachInput(shape, token, step, (index, value) => {
        row[index] = value
      })
      feeds.row = new Tensor('float32', row, [1, shape.inputs])
      const results = await session.run(feeds)
      for (const name of remembered) feeds[name] = results[`${name}'`]
      return /** @type {Float32Array} */ (results.logits.data)
    }
    return continuation(shape, steps, feed, onScores)
  }
})
