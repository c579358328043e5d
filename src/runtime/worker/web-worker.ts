import { serveModels, type ToWorker } from '../../models/index.ts'
import { jobs } from './jobs.ts'

/** A message to oneself comes after those that are waiting. */
const { port1: ahead, port2: behind } = new MessageChannel()
const waiting: (() => void)[] = []
behind.onmessage = () => waiting.shift()?.()

serveModels(
  {
    post: (message) => postMessage(message),
    onMessage: (listener) => addEventListener('message', ({ data }: MessageEvent<ToWorker>) => listener(data)),
    pause: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        ahead.postMessage(null)
      }),
  },
  jobs,
)
