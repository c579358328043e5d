/** How long a turn takes at least: its weights have to be read, at the speed at which this machine reads as many bytes. */
import { steps } from './race.js'
import { primerSteps } from './shapes.js'

const passes = 8
const rounds = 40
const pageBytes = 65_536
/** What is read comes in four streams of 32 bytes. */
const unit = 128

/**
 * @param {string} address of the compiled `floor.ts`.
 * @param {number} stepBytes that a step reads.
 * @returns {Promise<number>} milliseconds.
 */
export async function floor(address, stepBytes) {
  const bytes = Math.ceil(stepBytes / unit) * unit
  const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes + unit) / pageBytes) })
  const code = await (await fetch(address)).arrayBuffer()
  const { instance } = await WebAssembly.instantiate(code, { env: { memory } })
  const read = /** @type {(at: number, bytes: number) => void} */ (instance.exports.read)
  new Uint8Array(memory.buffer).fill(1)
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    for (let pass = 0; pass < passes; pass++) read(unit, bytes)
    least = Math.min(least, (performance.now() - start) / passes)
  }
  return least * (primerSteps + steps)
}
