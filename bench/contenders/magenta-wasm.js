import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { contender } from '../contender.js'
import { magentaOn } from './magenta.js'

tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false) // one thread, like everyone here
const load = magentaOn('wasm')
let located = false

export default contender(async (address, shape) => {
  if (!located) setWasmPaths(new URL('/node_modules/@tensorflow/tfjs-backend-wasm/dist/', address).href)
  located = true
  return load(address, shape)
})
