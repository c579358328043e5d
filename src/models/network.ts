import { type Checkpoint, CheckpointError, type Tensor } from './checkpoint.ts'

/** `y = bias + x · weights`, with the weights row by row. */
export type Linear = {
  readonly rows: number
  readonly columns: number
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** An LSTM layer: rows for its input, then for its own last output; columns for the gates i, j, f, o. */
export type LstmLayer = Linear & { readonly units: number }

/**
 * Attention over past outputs (Cheng, Dong and Lapata, "Long Short-Term Memory-Networks for Machine Reading",
 * EMNLP 2016), as TensorFlow's AttentionCellWrapper does it.
 */
export type Attention = {
  /** Around the first layer, as in Magenta's models since May 2017, or around all of them, as before. */
  readonly around: 'first' | 'all'
  /** How many past outputs it looks back on. */
  readonly length: number
  /** How many numbers there are in an output, in its features and in what is attended to. */
  readonly size: number
  /** Mixes the input with the last attention. */
  readonly input: Linear
  /** Asks, from the wrapped layers' states c0, h0, c1, h1 and so on. */
  readonly query: Linear
  /** Turns a past output into its features, `size` by `size`. */
  readonly features: Float32Array
  /** Scores a past output: times the tanh of its features and the query together. */
  readonly v: Float32Array
  /** Joins the wrapped layers' output with the attention. */
  readonly output: Linear
}

/** A recurrent network: a stack of LSTM layers, perhaps with attention, and a head that scores classes. */
export type Network = {
  readonly inputs: number
  readonly classes: number
  readonly layers: readonly LstmLayer[]
  readonly attention: Attention | null
  readonly head: Linear
  /** Tensors that do not belong to the network: an optimizer's, a step counter. */
  readonly ignored: readonly string[]
  /** What was assumed or contradicted, a sentence each. */
  readonly notices: readonly string[]
}

/** Magenta's window where a checkpoint does not say its own. */
const usualWindow = { first: 40, all: 32 }
const longestWindow = 4096

/**
 * Finds the network in a checkpoint's tensors, under the names of TensorFlow before 1.0, of 1.0 and 1.1, and
 * since. The tensors decide: what the checkpoint claims besides is only asked for what they can't tell.
 *
 * @param name how messages call the checkpoint.
 * @throws CheckpointError when tensors are missing or do not fit each other.
 */
export function networkOf({ tensors, claims }: Checkpoint, name: string): Network {
  const parts = new Map<string, Tensor>()
  const ignored: string[] = []
  for (const [given, tensor] of tensors) {
    const part = partOf(given)
    if (part === null) ignored.push(given)
    else if (parts.has(part)) throw new CheckpointError(`${name} has two tensors for ${part}: choose one checkpoint.`)
    else parts.set(part, tensor)
  }
  const find = (part: string): Tensor => {
    const tensor = parts.get(part)
    if (tensor) return tensor
    throw new CheckpointError(
      `${name} has no tensor for ${part}: it is not a MusicRNN, or only a part of one; export it whole.`,
    )
  }
  const linear = (part: string, rows?: number, columns?: number): Linear => {
    const { shape, data } = find(`${part} kernel`)
    const bias = find(`${part} bias`)
    const [height = 0, width = 0] = shape
    const fits = (rows ?? height) === height && (columns ?? width) === width && height > 0 && width > 0
    if (shape.length === 2 && fits && bias.shape.length === 1 && bias.shape[0] === width) {
      return { rows: height, columns: width, weights: data, bias: bias.data }
    }
    throw misfit(name, part, shape, [rows ?? height, columns ?? width])
  }

  const layerCount = [...parts.keys()].filter((part) => /^layer \d+ kernel$/.test(part)).length
  if (layerCount === 0) throw new CheckpointError(`${name} has no LSTM layers: choose a MusicRNN checkpoint.`)
  const layers: LstmLayer[] = []
  for (let index = 0; index < layerCount; index++) {
    const layer = linear(`layer ${index}`)
    const units = layer.columns / 4
    const before = layers.at(-1)?.units
    const inputs = layer.rows - units
    if (!Number.isInteger(units) || inputs < 1 || (before !== undefined && inputs !== before)) {
      throw misfit(name, `layer ${index}`, [layer.rows, layer.columns], [(before ?? inputs) + units, 4 * units])
    }
    layers.push({ ...layer, units })
  }
  const [first, last] = [layers[0] as LstmLayer, layers.at(-1) as LstmLayer]
  const inputs = first.rows - first.units
  const notices: string[] = []
  const attention = (): Attention | null => {
    const around = (['first', 'all'] as const).find((which) => [...parts.keys()].some((part) => part.startsWith(which)))
    const claimed = claims.attentionLength ?? claims.config?.attentionLength
    if (around === undefined) {
      if (claimed)
        notices.push(`Its config has attention over ${claimed} steps; its tensors have none, so it runs without.`)
      return null
    }
    const length = claimed ?? usualWindow[around]
    if (!Number.isInteger(length) || length < 1 || length > longestWindow) {
      throw new CheckpointError(
        `${name} has attention over ${length} steps: set attentionLength from 1 to ${longestWindow}.`,
      )
    }
    if (claimed === undefined)
      notices.push(`It does not say how far its attention looks back: ${length} steps are assumed.`)
    const wrapped = around === 'first' ? layers.slice(0, 1) : layers
    const size = (wrapped.at(-1) as LstmLayer).units
    const part = `${around} attention`
    const square = find(`${part} features`)
    const v = find(`${part} v`)
    if (square.data.length !== size * size || v.data.length !== size) {
      throw misfit(name, `${part} features`, square.shape, [1, 1, size, size])
    }
    return {
      around,
      length,
      size,
      input: linear(part, inputs + size, inputs),
      query: linear(`${part} query`, 2 * wrapped.reduce((sum, { units }) => sum + units, 0), size),
      features: square.data,
      v: v.data,
      output: linear(`${part} output`, 2 * size, size),
    }
  }
  const found = attention()
  const head = linear('head', last.units)
  return { inputs, classes: head.columns, layers, attention: found, head, ignored, notices }
}

/**
 * The part of the network that a tensor is, or null for none.
 *
 * Three generations of names mean the same: `…/Cell0/BasicLSTMCell/Linear/Matrix` (before TensorFlow 1.0),
 * `…/cell_0/basic_lstm_cell/weights` (1.0 and 1.1) and `…/cell_0/basic_lstm_cell/kernel`.
 */
function partOf(name: string): string | null {
  if (name === 'fully_connected/weights') return 'head kernel'
  if (name === 'fully_connected/biases') return 'head bias'
  const modern = generations.reduce((text, [old, since]) => text.replace(old, since), name)
  const layer =
    /^(?:attention_cell_wrapper\/)?(?:multi_rnn_cell\/)?(?:cell_(\d+)\/)?(?:attention_cell_wrapper\/)?basic_lstm_cell\/(kernel|bias)$/
  const [, index, role] = layer.exec(modern) ?? []
  if (role) return `layer ${Number(index ?? 0)} ${role}`
  const [, cell, rest = ''] = /^(multi_rnn_cell\/cell_0\/)?attention_cell_wrapper\/(.*)$/.exec(modern) ?? []
  const wrapped = wrapperParts[rest]
  return wrapped ? `${cell ? 'first' : 'all'} ${wrapped}` : null
}

const generations: readonly (readonly [RegExp, string])[] = [
  [/^(?:rnn|RNN)\//, ''],
  [/AttentionCellWrapper/, 'attention_cell_wrapper'],
  [/MultiRNNCell/, 'multi_rnn_cell'],
  [/Cell(\d+)/, 'cell_$1'],
  [/BasicLSTMCell/, 'basic_lstm_cell'],
  [/AttnOutputProjection/, 'attn_output_projection'],
  [/attention_output_projection/, 'attn_output_projection'],
  [/Attention\//, 'attention/'],
  [/AttnW$/, 'attn_w'],
  [/AttnV$/, 'attn_v'],
  [/(?:Linear\/Matrix|weights)$/, 'kernel'],
  [/(?:Linear\/Bias|biases)$/, 'bias'],
]

const wrapperParts: Readonly<Record<string, string>> = {
  kernel: 'attention kernel',
  bias: 'attention bias',
  'attention/kernel': 'attention query kernel',
  'attention/bias': 'attention query bias',
  'attention/attn_w': 'attention features',
  'attention/attn_v': 'attention v',
  'attn_output_projection/kernel': 'attention output kernel',
  'attn_output_projection/bias': 'attention output bias',
}

function misfit(name: string, part: string, has: readonly number[], wants: readonly number[]): CheckpointError {
  return new CheckpointError(
    `${name} has a ${part} of ${has.join(' by ')} where its other tensors ask for ${wants.join(' by ')}: export it again.`,
  )
}
