import { setPriority } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { serveModels } from '../../models/index.ts'
import { jobs } from './jobs.ts'

if (!parentPort) throw new Error('This file is a worker: start it with spawnNodeWorker.')
const port = parentPort

// Playing goes first where there are more threads than cores. Only Linux gives a thread a priority of its own.
if (process.platform === 'linux') setPriority(0, 5)

serveModels(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    pause: () => setImmediate(),
  },
  jobs,
)
