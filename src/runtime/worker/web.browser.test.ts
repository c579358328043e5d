import { describe } from 'vitest'
import { modelWorkerLaws } from '../../../test/laws/model-worker.ts'
import { spawnWebWorker } from './web.ts'

describe('a browser’s worker that serves models', () => modelWorkerLaws(spawnWebWorker))
