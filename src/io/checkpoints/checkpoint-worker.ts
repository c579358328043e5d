import { parentPort } from 'node:worker_threads'
import { openCheckpoint } from './node.ts'
import type { CheckpointAnswer } from './thread.ts'

if (!parentPort) throw new Error('This file is a worker: start it with createCheckpointThread.')
const port = parentPort

port.on('message', async (reference: string) => {
  try {
    const checkpoint = await openCheckpoint(reference)
    // What is handed over is not copied: that would hold up the other side as long as a small model takes to read.
    const buffers = new Set([...checkpoint.tensors.values()].map(({ data }) => data.buffer as ArrayBuffer))
    port.postMessage({ reference, checkpoint } satisfies CheckpointAnswer, [...buffers])
  } catch (error) {
    port.postMessage({ reference, message: (error as Error).message } satisfies CheckpointAnswer)
  }
})
