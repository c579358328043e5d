import type { FromWorker, SpawnWorker } from '../../models/index.ts'

export type { Jobs } from './jobs.ts'

/** Starts a browser's worker that serves models. */
export const spawnWebWorker: SpawnWorker = ({ onMessage, onCrash }) => {
  const worker = new Worker(new URL('./web-worker.js', import.meta.url), { type: 'module' })
  let over = false
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => onMessage(data)
  worker.onerror = (event) => {
    event.preventDefault()
    if (over) return
    over = true
    worker.terminate()
    onCrash(event.message || 'the worker could not be started')
  }
  return {
    post: (message) => worker.postMessage(message),
    end() {
      over = true
      worker.terminate()
    },
  }
}
