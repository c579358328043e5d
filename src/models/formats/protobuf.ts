import { Cursor } from './bytes.ts'
import { damaged } from './refusal.ts'

/** Far more than any message here has: lists are packed. Each field costs time, and a file could hold 100 million. */
const maxFields = 1_000_000

/**
 * The fields of a message in protocol buffers' wire format, one after another and without memory of its own:
 * varints as numbers; strings, messages, packed lists and fixed numbers as their bytes.
 */
function* fields(message: Uint8Array): Generator<{ readonly field: number; readonly value: number | Uint8Array }> {
  const cursor = new Cursor(message)
  for (let count = 0; !cursor.atEnd; count++) {
    if (count === maxFields) damaged()
    const tag = cursor.varint()
    const field = Math.floor(tag / 8)
    if (field === 0) damaged()
    yield { field, value: readValue(cursor, tag % 8) }
  }
}

function readValue(cursor: Cursor, wireType: number): number | Uint8Array {
  if (wireType === 0) return cursor.varint()
  if (wireType === 1) return cursor.take(8)
  if (wireType === 2) return cursor.take(cursor.varint())
  if (wireType === 5) return cursor.take(4)
  damaged() // groups, which are long out of use, and types that never were
}

/** Every value of a field that comes as bytes. */
export function* all(message: Uint8Array, wanted: number): Generator<Uint8Array> {
  for (const { field, value } of fields(message)) {
    if (field === wanted && typeof value !== 'number') yield value
  }
}

/** A field's bytes: the last value counts, and there are none where it is left out. */
export function bytes(message: Uint8Array, wanted: number): Uint8Array {
  let last: Uint8Array = new Uint8Array(0)
  for (const value of all(message, wanted)) last = value
  return last
}

/** A varint field: the last value counts, and it is 0 where it is left out. */
export function varint(message: Uint8Array, wanted: number): number {
  let last = 0
  for (const { field, value } of fields(message)) {
    if (field === wanted && typeof value === 'number') last = value
  }
  return last
}
