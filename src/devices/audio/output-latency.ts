/** A sound card that has made no block by then is not there, or the page is too busy to see one. */
const patienceMs = 1000

/** How long after that it is looked for again; each time after twice as long. */
const pauseMs = 4000

/** Two looks at the clock that are further apart may have another block between them. */
const atOnceMs = 1

/**
 * Asks a sound card how late its sound is, at the first moment at which that is safe.
 *
 * Firefox 153 asks the device itself when `outputLatency` or `getOutputTimestamp` is read for the first time, under a lock
 * that the thread which makes the sound needs, too. If that is at work, each waits for the other: sound and page stand still
 * for 100 s. So the first question is asked just after a block was made, which is when `currentTime` moves on; later ones
 * are answered from memory.
 *
 * @param asked called once, when any other question is safe, too.
 */
export function askLatency(context: AudioContext, asked: () => void): void {
  let isLooking = false
  let pause = pauseMs
  let again: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    if (isLooking || context.state !== 'running') return
    isLooking = true
    const { port1, port2 } = new MessageChannel()
    const began = performance.now()
    let [at, seen] = [Number.POSITIVE_INFINITY, began]
    port1.onmessage = () => {
      const now = performance.now()
      const isNew = context.currentTime > at && now - seen < atOnceMs
      if (isNew || now - began > patienceMs || context.state !== 'running') {
        port1.close()
        isLooking = false
        clearTimeout(again)
        if (!isNew) {
          again = setTimeout(look, pause)
          pause *= 2
          return
        }
        context.removeEventListener('statechange', look)
        void context.outputLatency
        return asked()
      }
      at = context.currentTime
      seen = now
      port2.postMessage(null)
    }
    port2.postMessage(null)
  }
  context.addEventListener('statechange', look)
  look()
}
