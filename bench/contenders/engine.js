import { urlFiles } from '../../dist/io/checkpoints/url.js'
import { createEngine, InputRow, networkOf, readMagentaJs } from '../../dist/models/index.js'
import { continuation } from '../continuation.js'
import { eachInput } from '../shapes.js'

/**
 * Our engine.
 *
 * @param {import('../../dist/models/index.js').HeapFactory} heapOf
 * @returns {import('../contender.js').Load}
 */
export const engineOn = (heapOf) => async (address, shape) => {
  const network = networkOf(await readMagentaJs(urlFiles(address)), address)
  const engine = createEngine(network, heapOf)
  const row = new InputRow(engine.inputs)
  const put = row.add.bind(row)
  const feed = (/** @type {number} */ token, /** @type {number} */ step) => {
    row.clear()
    eachInput(shape, token, step, put)
    engine.feed(row)
    return engine.logits
  }
  return (steps, onScores) => {
    engine.start()
    return continuation(shape, steps, feed, onScores)
  }
}
