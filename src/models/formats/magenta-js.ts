import {
  type Checkpoint,
  CheckpointError,
  type CheckpointFiles,
  maxCheckpointBytes,
  type Tensor,
} from '../checkpoint.ts'
import { join } from './bytes.ts'
import { readConfig, readManifest, type WeightGroup } from './magenta-json.ts'
import { decode } from './numbers.ts'
import { about } from './refusal.ts'
import { addTensor, elements } from './tensors.ts'

/** The bytes that a number takes in a shard. */
const sizes = { float32: 4, int32: 4, bool: 1, float16: 2, uint16: 2, uint8: 1 } as const

/**
 * Reads a checkpoint in Magenta.js's own format: `config.json`, `weights_manifest.json` and the shards that
 * it names, whole or quantised. Tensors of other types than floats, such as step counters, are ignored.
 *
 * @param options.needConfig whether a folder without a `config.json` is refused, as it is by default.
 * @throws CheckpointError when a file is missing, damaged or not what it should be.
 */
export async function readMagentaJs(files: CheckpointFiles, { needConfig = true } = {}): Promise<Checkpoint> {
  const [config, groups] = await Promise.all([readConfig(files), readManifest(files)])
  if (!config && needConfig) {
    throw new CheckpointError(`config.json in ${files.name} is missing: add the one that came with the weights.`)
  }
  const numbers = groups.flatMap(({ weights }) => weights).reduce((sum, { shape }) => sum + elements(shape), 0)
  // Negated, because sizes without measure may come out as not a number.
  if (!(numbers * sizes.float32 <= maxCheckpointBytes)) {
    const limit = `${maxCheckpointBytes >> 20} MiB`
    throw new CheckpointError(`weights_manifest.json in ${files.name} names over ${limit}: choose a smaller model.`)
  }
  const tensors = new Map<string, Tensor>()
  for (const group of groups) {
    const bytes = await readShards(files, group)
    about(`${shardsOf(group)} in ${files.name}`, () => addGroup(tensors, group, bytes))
  }
  return { tensors, claims: config ? { config } : {} }
}

/** A group's shards as one run of bytes: tensors, and even numbers, may lie across the cuts. */
async function readShards(files: CheckpointFiles, group: WeightGroup): Promise<Uint8Array> {
  const total = group.weights.reduce((sum, weight) => sum + bytesOf(weight), 0)
  const shards: Uint8Array[] = []
  let left = total
  for (const path of group.paths) {
    const shard = await files.read(path, left + 1)
    if (!shard) throw new CheckpointError(`${path} in ${files.name} is missing: add the file, it holds weights.`)
    shards.push(shard)
    left -= shard.length
    if (left < 0 || shard.length === 0) break // so that nobody waits for a million empty shards
  }
  const joined = join(shards, total)
  if (joined) return joined
  throw new CheckpointError(
    `${shardsOf(group)} in ${files.name} should hold ${total} bytes and not ${left < 0 ? 'more' : 'fewer'}: likely a ` +
      'line-ending conversion or an interrupted download damaged them, so fetch them again, in binary.',
  )
}

function addGroup(tensors: Map<string, Tensor>, group: WeightGroup, bytes: Uint8Array): void {
  let at = 0
  for (const weight of group.weights) {
    const start = at
    at += bytesOf(weight)
    if (weight.dtype !== 'float32') continue
    const { name, shape, quantization } = weight
    const numbers = decode(bytes.subarray(start, at), quantization?.dtype ?? 'float32')
    // In double precision, as TensorFlow.js does it; only the result is rounded to float32.
    const data =
      quantization && 'scale' in quantization ? numbers.map((q) => q * quantization.scale + quantization.min) : numbers
    addTensor(tensors, name, { shape, data })
  }
}

function bytesOf({ shape, dtype, quantization }: WeightGroup['weights'][number]): number {
  return elements(shape) * sizes[quantization?.dtype ?? dtype]
}

function shardsOf({ paths }: WeightGroup): string {
  return paths.length > 3 ? `${paths[0]} to ${paths.at(-1)}` : paths.join(', ')
}
