import { describe } from 'vitest'
import { modelWorkerLaws } from '../../../test/laws/model-worker.ts'

// Node runs JavaScript, so the worker is the compiled one; `npm test` has just made it.
const { spawnNodeWorker } = await import(new URL('../../../dist/runtime/worker/node.js', import.meta.url).href)

describe('a worker_thread that serves models', () => modelWorkerLaws(spawnNodeWorker))
