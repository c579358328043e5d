import { serveModels, type ToWorker } from '../../models/index.ts'

/** A message to oneself comes after those that are waiting. */
const { port1: ahead, port2: behind } = new MessageChannel()

serveModels({
  post: (message) => postMessage(message),
  onMessage: (listener) => addEventListener('message', ({ data }: MessageEvent<ToWorker>) => listener(data)),
  pause: () =>
    new Promise((resolve) => {
      behind.onmessage = () => resolve()
      ahead.postMessage(null)
    }),
})
