/** Our engine and nothing else: what its size is measured on. */
export { createEngine, createSampler, InputRow, networkOf } from '../dist/models/index.js'
