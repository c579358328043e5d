import { wasmHeap } from '../../dist/models/index.js'
import { contender } from '../contender.js'
import { engineOn } from './engine.js'

export default contender(engineOn(wasmHeap))
