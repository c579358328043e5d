import { Worker } from 'node:worker_threads'
import { type Checkpoint, CheckpointError } from '../../models/index.ts'

/** Reads checkpoints in a thread of its own. */
export type CheckpointThread = {
  /** As `openCheckpoint`, but this thread has time for other things meanwhile. */
  open(reference: string): Promise<Checkpoint>
  /** Ends the thread; what is still being read is given up. */
  end(): void
}

/** What the thread says of a reference: the checkpoint, or why there is none. */
export type CheckpointAnswer =
  | { readonly reference: string; readonly checkpoint: Checkpoint }
  | { readonly reference: string; readonly message: string }

const script = new URL('./checkpoint-worker.js', import.meta.url)

/**
 * Starts a thread that reads checkpoints: on a slow machine that takes most of a second, in which taps and keys would have to
 * wait. It does not keep the process alive by itself.
 */
export function createCheckpointThread(): CheckpointThread {
  const worker = new Worker(script)
  const waiting = new Map<string, { resolve(found: Checkpoint): void; reject(error: Error): void }>()
  let isOver = false
  const giveUp = (reason: string) => {
    isOver = true
    for (const { reject } of waiting.values()) reject(new CheckpointError(reason))
    waiting.clear()
  }
  worker.on('message', (answer: CheckpointAnswer) => {
    const asked = waiting.get(answer.reference)
    waiting.delete(answer.reference)
    if ('checkpoint' in answer) asked?.resolve(answer.checkpoint)
    else asked?.reject(new CheckpointError(answer.message))
  })
  worker.on('error', ({ message }) => giveUp(`The models can't be read (${message}): start Tradefours again.`))
  worker.on('exit', () => giveUp(ended))
  worker.unref()
  return {
    open(reference) {
      if (isOver) return Promise.reject(new CheckpointError(ended))
      return new Promise((resolve, reject) => {
        waiting.set(reference, { resolve, reject })
        worker.postMessage(reference)
      })
    },
    end: () => void worker.terminate(),
  }
}

const ended = 'No more models are read: start Tradefours again.'
