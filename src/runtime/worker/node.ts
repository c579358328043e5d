/** `runtime/worker`: models in a thread of their own, so that whoever plays never waits for them. */
import { Worker } from 'node:worker_threads'
import type { FromWorker, SpawnWorker } from '../../models/index.ts'

export type { Jobs } from './jobs.ts'

const script = new URL('./node-worker.js', import.meta.url)

/** Starts a worker_thread that serves models. It does not keep the process alive by itself. */
export const spawnNodeWorker: SpawnWorker = ({ onMessage, onCrash }) => {
  const worker = new Worker(script)
  let over = false
  const crash = (reason: string) => {
    if (over) return
    over = true
    onCrash(reason)
  }
  worker.on('message', (message: FromWorker) => onMessage(message))
  worker.on('error', (error) => crash(error.message))
  worker.on('exit', (code) => crash(`the worker ended with status ${code}`))
  worker.unref()
  return {
    post: (message) => worker.postMessage(message),
    end() {
      over = true
      void worker.terminate()
    },
  }
}
