import { CheckpointError, type Tensor } from '../checkpoint.ts'
import { Cursor, join, viewOf } from './bytes.ts'
import { maskedCrc32c } from './crc32c.ts'
import { decode } from './numbers.ts'
import { all, bytes, varint } from './protobuf.ts'
import { damaged } from './refusal.ts'
import { readTable } from './sstable.ts'
import { addTensor, elements } from './tensors.ts'
import { utf8 } from './text.ts'

/** TensorFlow's DT_FLOAT; tensors of other types, such as step counters, are ignored. */
const float32 = 1

/**
 * The float tensors of a V1 checkpoint: one table, whose empty key holds the shapes and whose other keys
 * each hold a tensor's values.
 *
 * @see https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/saved_tensor_slice.proto
 */
export function readCheckpointV1(table: Uint8Array): Map<string, Tensor> {
  const shapes = new Map<string, readonly number[]>()
  const tensors = new Map<string, Tensor>()
  for (const { key, value } of readTable(table)) {
    if (key.length === 0) {
      for (const saved of all(bytes(value, 1), 1)) {
        if (varint(saved, 3) === float32) shapes.set(utf8(bytes(saved, 1)), readShape(bytes(saved, 2)))
      }
      continue
    }
    const slice = bytes(value, 2)
    const name = utf8(bytes(slice, 1))
    const shape = shapes.get(name)
    if (shape) addTensor(tensors, name, { shape, data: readValues(bytes(slice, 3), name, shape, table.length) })
  }
  if (tensors.size < shapes.size) damaged()
  return tensors
}

/** The values of a TensorProto, as raw bytes or as a list of floats, packed or not. */
function readValues(proto: Uint8Array, name: string, shape: readonly number[], most: number): Float32Array {
  const size = 4 * elements(shape)
  if (!(size <= most)) damaged()
  const content = bytes(proto, 4)
  // The checksums are right, so values are missing because they are kept elsewhere.
  const values = join(content.length > 0 ? [content] : [...all(proto, 5)], size) ?? refuseParts(name)
  return decode(values, 'float32')
}

/**
 * The float tensors of a V2 checkpoint: a table says where in the data file each lies.
 *
 * @see https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/protobuf/tensor_bundle.proto
 */
export function readCheckpointV2(index: Uint8Array, data: Uint8Array): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>()
  let total = 0
  for (const { key, value: entry } of readTable(index)) {
    if (key.length === 0 || varint(entry, 1) !== float32) continue // the empty key has the header
    const name = utf8(key)
    if (varint(entry, 3) !== 0 || !all(entry, 7).next().done) refuseParts(name)
    const [offset, size] = [varint(entry, 4), varint(entry, 5)]
    // Tensors don't overlap, so that a small file can't become many large tensors.
    total += size
    if (total > data.length) damaged()
    const values = new Cursor(data, offset).take(size)
    const checksum = bytes(entry, 6)
    if (checksum.length !== 4 || viewOf(checksum).getUint32(0, true) !== maskedCrc32c(values)) damaged()
    addTensor(tensors, name, { shape: readShape(bytes(entry, 2)), data: decode(values, 'float32') })
  }
  return tensors
}

function readShape(proto: Uint8Array): number[] {
  return Array.from(all(proto, 2), (dimension) => varint(dimension, 1))
}

function refuseParts(name: string): never {
  throw new CheckpointError(`keeps ${name} in parts, which are not read: save the model without partitions.`)
}
