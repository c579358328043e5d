import { CheckpointError } from '../checkpoint.ts'
import { Cursor, join, viewOf } from './bytes.ts'
import { maskedCrc32c } from './crc32c.ts'
import { damaged } from './refusal.ts'

/** A key and what is kept under it, as they stand in the table. */
export type Entry = { readonly key: Uint8Array; readonly value: Uint8Array }

const footerBytes = 48
const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]

/** After each block: one byte for its compression, four for its checksum. */
const trailerBytes = 5

/** Far more than tensors and their names need; without a limit, keys that repeat could grow without end. */
const [maxEntries, maxKeyBytes] = [10_000, 4096]

/**
 * The entries of a sorted string table, in LevelDB's format as TensorFlow writes it, by rising key. Every
 * checksum is checked. Each block is read once: the index may not lead back.
 *
 * @see https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
export function* readTable(table: Uint8Array): Generator<Entry> {
  const end = table.length - footerBytes
  if (end < 0 || magic.some((byte, index) => table[table.length - magic.length + index] !== byte)) damaged()
  const blocks = table.subarray(0, end)
  const footer = new Cursor(table, end)
  readHandle(footer) // of the meta index, which TensorFlow leaves empty
  const index = readBlock(blocks, readHandle(footer))

  let read = 0
  let count = 0
  for (const { value } of entries(index)) {
    const handle = readHandle(new Cursor(value))
    if (handle.offset < read) damaged()
    read = handle.offset + handle.size + trailerBytes
    for (const entry of entries(readBlock(blocks, handle))) {
      if (++count > maxEntries) throw new CheckpointError(`has over ${maxEntries} entries: choose a Magenta model.`)
      yield entry
    }
  }
}

type Handle = { readonly offset: number; readonly size: number }

function readHandle(cursor: Cursor): Handle {
  return { offset: cursor.varint(), size: cursor.varint() }
}

function readBlock(blocks: Uint8Array, { offset, size }: Handle): Uint8Array {
  const block = new Cursor(blocks, offset).take(size + trailerBytes)
  if (maskedCrc32c(block.subarray(0, size + 1)) !== viewOf(block).getUint32(size + 1, true)) damaged()
  if (block[size] !== 0) {
    throw new CheckpointError('holds compressed tables, which are not read: save the model without compression.')
  }
  return block.subarray(0, size)
}

/** A block's entries, each of which names only what is new in its key; the restarts that follow are for searches. */
function* entries(block: Uint8Array): Generator<Entry> {
  if (block.length < 4) damaged()
  const restarts = viewOf(block).getUint32(block.length - 4, true)
  const end = block.length - 4 * (restarts + 1)
  if (end < 0) damaged()
  const cursor = new Cursor(block.subarray(0, end))
  let key: Uint8Array = new Uint8Array(0)
  while (!cursor.atEnd) {
    const [shared, fresh, length] = [cursor.varint(), cursor.varint(), cursor.varint()]
    if (shared > key.length || shared + fresh > maxKeyBytes) damaged()
    key = join([key.subarray(0, shared), cursor.take(fresh)], shared + fresh) ?? damaged()
    yield { key, value: cursor.take(length) }
  }
}
