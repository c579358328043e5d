/** What run.js calls in the page: contenders in workers, or in this thread. */
import { floor } from './floor.js'

/** @type {Map<string, Worker>} */
const workers = new Map()

/** Asks a contender, in a worker of its own. */
function ask(/** @type {string} */ name, /** @type {unknown[]} */ ...question) {
  const worker = workers.get(name) ?? new Worker(`worker.js?${name}`, { type: 'module' })
  workers.set(name, worker)
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data: { answer, error } }) => (error ? reject(new Error(error)) : resolve(answer))
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(question)
  })
}

/** The milliseconds from a worker's start, with nothing loaded, to the first token after the primer. */
async function first(/** @type {string} */ name, /** @type {unknown[]} */ ...checkpoint) {
  const start = performance.now()
  await ask(name, 'load', ...checkpoint)
  await ask(name, 'time', 1)
  return performance.now() - start
}

/** The longest time in which this thread could do nothing else while a contender played, here or in its worker. */
async function stall(
  /** @type {'page' | 'worker'} */ where,
  /** @type {string} */ name,
  /** @type {number} */ times,
  /** @type {unknown[]} */ ...checkpoint
) {
  const contender = where === 'page' && (await import(`./dist/${name}.js`)).default
  const send = (/** @type {string} */ method, /** @type {unknown[]} */ ...args) =>
    contender ? contender[method](...args) : ask(name, method, ...args)
  await send('load', ...checkpoint)
  await send('time', 1)
  const { port1, port2 } = new MessageChannel()
  let longest = 0
  let last = performance.now()
  port1.onmessage = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    port2.postMessage(null)
  }
  port2.postMessage(null)
  for (let time = 0; time < times; time++) await send('time', 32)
  await new Promise((resolve) => setTimeout(resolve))
  port1.close()
  return longest
}

Object.assign(globalThis, { ask, first, floor, stall })
