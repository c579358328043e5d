/** A clock in a worker: pages in the background slow their own timers down, but not a worker's. */
let timer: ReturnType<typeof setInterval> | undefined

addEventListener('message', ({ data }: MessageEvent<number>) => {
  clearInterval(timer)
  timer = setInterval(() => postMessage(null), data)
})
