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
export async function readMagentaJs(
  files: CheckpointFiles,
  { needConfig = true }: { readonly needConfig?: boolean } = {},
): Promise<Checkpoint> {
  const [config, groups] = await Promise.all([readConfig(files), readManifest(files)])
  if (!config && needConfig) {
    throw new CheckpointError(`config.json in ${files.name} is missing: add the one that came with the weights.`)
  }
  const numbers = groups.flatMap(({ weights }) => weights).reduce((sum, { shape }) => sum + elements(shape), 0)
  // Negated, because sizes without measure may come out as not a number.
  if (!(numbers * sizes.float32 <= maxCheckpointBytes)) {
    const limit = `${maxCheckpointBytes >> 20} MiB`
    throw new CheckpointError(
      `weights_manifest.json in ${files.name} describes more than ${limit} of weights: choose a smaller model.`,
    )
  }
  const tensors = new Map<string, Tensor>()
  for (const group of groups) {
    addGroup(tensors, group, await readShards(files, group), files.name)
  }
  return { tensors, claims: config ? { config } : {} }
}

/** A group's shards, whose bytes are one run: tensors, and even numbers, may lie across the cuts. */
type Shards = { readonly bytes: Uint8Array; readonly sizes: readonly number[] }

/** How many bytes too many are read, to see which shard has them. */
const surplus = 64 * 1024

async function readShards(files: CheckpointFiles, group: WeightGroup): Promise<Shards> {
  const total = group.weights.reduce((sum, weight) => sum + bytesOf(weight), 0)
  const shards: Uint8Array[] = []
  let left = total
  for (const path of group.paths) {
    const shard = await files.read(path, left + surplus)
    if (!shard) throw new CheckpointError(`${path} in ${files.name} is missing: add the file, it holds weights.`)
    shards.push(shard)
    left -= shard.length
    if (left <= -surplus || shard.length === 0) break // so that nobody waits for a million empty shards
  }
  const sizes = shards.map(({ length }) => length)
  const bytes = join(shards, total)
  if (bytes) return { bytes, sizes }
  const odd = sizes.length === group.paths.length ? oddShard(sizes, total) : null
  const [place, should, has] = odd
    ? [group.paths[odd.index], odd.should, sizes[odd.index] ?? 0]
    : [namesOf(group.paths), total, total - left]
  throw new CheckpointError(
    `${place} in ${files.name} should hold ${should} bytes and not ${has > should ? 'more' : 'fewer'}: likely a ` +
      'line-ending conversion or an interrupted download damaged it, so fetch it again, in binary.',
  )
}

/** The one shard that is not as long as it should be: all but the last are equally long. Null where that does not tell. */
function oddShard(sizes: readonly number[], total: number): { index: number; should: number } | null {
  const others = sizes.length - 1
  const found = new Map<number, number>()
  for (const size of new Set([...sizes, (total - (sizes[others] ?? 0)) / others])) {
    const should = sizes.map((_, index) => (index < others ? size : total - others * size))
    const odd = sizes.flatMap((has, index) => (has === should[index] ? [] : [index]))
    const [index] = odd
    if (index !== undefined && odd.length === 1 && (should[index] ?? 0) > 0) found.set(index, should[index] ?? 0)
  }
  const [only] = found
  return only && found.size === 1 ? { index: only[0], should: only[1] } : null
}

function addGroup(tensors: Map<string, Tensor>, group: WeightGroup, { bytes, sizes }: Shards, folder: string): void {
  let at = 0
  for (const weight of group.weights) {
    const start = at
    at += bytesOf(weight)
    if (weight.dtype !== 'float32') continue
    const { name, shape, quantization } = weight
    const numbers = decode(bytes.subarray(start, at), quantization?.dtype ?? 'float32')
    if (quantization && 'scale' in quantization) dequantise(numbers, quantization)
    const end = at
    about(`${shardsWith(group, sizes, start, end)} in ${folder}`, () =>
      addTensor(tensors, name, { shape, data: numbers }),
    )
  }
}

/** In double precision, as TensorFlow.js does it; only the result is rounded to float32. */
function dequantise(numbers: Float32Array, { scale, min }: { readonly scale: number; readonly min: number }): void {
  for (let index = 0; index < numbers.length; index++) numbers[index] = (numbers[index] as number) * scale + min
}

/** The names of the shards in which these bytes of a group lie. */
function shardsWith({ paths }: WeightGroup, sizes: readonly number[], start: number, end: number): string {
  let from = 0
  const touched = paths.filter((_, index) => {
    const to = from + (sizes[index] ?? 0)
    const isTouched = from < end && to > start
    from = to
    return isTouched
  })
  return namesOf(touched.length > 0 ? touched : paths)
}

function bytesOf({ shape, dtype, quantization }: WeightGroup['weights'][number]): number {
  return elements(shape) * sizes[quantization?.dtype ?? dtype]
}

function namesOf(paths: readonly string[]): string {
  return paths.length > 3 ? `${paths[0]} to ${paths.at(-1)}` : paths.join(', ')
}
