/**
 * Wakes somebody up again and again, in the background too.
 *
 * @returns what ends it.
 */
export function wakeEvery(milliseconds: number, wake: () => void): () => void {
  const worker = new Worker(new URL('./wake-worker.js', import.meta.url), { type: 'module' })
  worker.onmessage = wake
  worker.postMessage(milliseconds)
  return () => worker.terminate()
}
