/**
 * The networks that are measured. An input row is the one-hot token, then a binary counter in what is left of
 * it, as drum_kit has it; it also stands in for the lookback part of attention_rnn's rows.
 *
 * @typedef {{
 *   readonly name: string
 *   readonly inputs: number
 *   readonly classes: number
 *   readonly units: readonly [first: number, ...rest: number[]]
 *   readonly attention?: { readonly around: 'first' | 'all', readonly length: number }
 * }} Shape
 */

/** @type {Omit<Shape, 'name'>} */
const drumKit = { inputs: 518, classes: 512, units: [256, 256, 256] }
const attentionRnn = { inputs: 74, classes: 40, attention: { around: /** @type {const} */ ('first'), length: 40 } }

/** @type {readonly Shape[]} */
export const shapes = [
  { name: 'drum_kit 3×256', ...drumKit },
  { name: 'drum_kit + attention 32', ...drumKit, attention: { around: 'all', length: 32 } },
  { name: 'basic 2×128', inputs: 38, classes: 38, units: [128, 128] },
  { name: 'melody 2×512', inputs: 130, classes: 130, units: [512, 512] },
  { name: 'attention_rnn 2×128', ...attentionRnn, units: [128, 128] },
  { name: 'attention_rnn 2×64', ...attentionRnn, units: [64, 64] },
]

/** The bytes of weights that a step reads: of the first matrix, only the rows of the inputs that are not 0. */
export function stepBytes(/** @type {Shape} */ { inputs, classes, units, attention }) {
  const active = 1 + inputs - classes
  const last = units.at(-1) ?? units[0]
  const layers = units.reduce((sum, count, index) => {
    // Attention mixes the input, so that none of it is 0.
    const before = index > 0 ? units[index - 1] : attention ? inputs : active
    return sum + (before + count) * 4 * count
  }, 0)
  if (!attention) return 4 * (layers + last * classes)
  const wrapped = attention.around === 'all' ? units : units.slice(0, 1)
  const size = wrapped.at(-1) ?? last
  const query = 2 * wrapped.reduce((sum, count) => sum + count, 0) * size
  const past = 2 * attention.length * size
  return 4 * (layers + last * classes + (active + size) * inputs + query + past + 3 * size * size)
}

export const primerSteps = 32

/** Some tokens to begin with. */
export const primerOf = (/** @type {Shape} */ { classes }) =>
  Array.from({ length: primerSteps }, (_, step) => (11 + 37 * step) % classes)

/**
 * Gives each number of a step's input row that isn't 0.
 *
 * @param {Shape} shape
 * @param {number} token
 * @param {number} step
 * @param {(index: number, value: number) => void} put
 */
export function eachInput({ inputs, classes }, token, step, put) {
  put(token, 1)
  for (let bit = 0; bit < inputs - classes; bit++) put(classes + bit, Math.floor((step + 1) / 2 ** bit) % 2 ? 1 : -1)
}
