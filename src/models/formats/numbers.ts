import { viewOf } from './bytes.ts'

/** How a file stores the numbers of a tensor, always low byte first. */
export type NumberFormat = 'float32' | 'float16' | 'uint16' | 'uint8'

type Reader = { readonly size: number; readonly read: (view: DataView, at: number) => number }

const readers: Readonly<Record<NumberFormat, Reader>> = {
  float32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  float16: { size: 2, read: (view, at) => half(view.getUint16(at, true)) },
  uint16: { size: 2, read: (view, at) => view.getUint16(at, true) },
  uint8: { size: 1, read: (view, at) => view.getUint8(at) },
}

/** What a machine reads by itself. */
const arrays = { float32: Float32Array, uint16: Uint16Array, uint8: Uint8Array } as const

const machineIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** The numbers in some bytes, which may begin at any place of their buffer; an odd rest is left out. */
export function decode(bytes: Uint8Array, format: NumberFormat): Float32Array {
  const { size, read } = readers[format]
  if (format !== 'float16' && machineIsLittleEndian) {
    // A copy begins at a place where the machine can read numbers by itself.
    const copy = new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % size)))
    return new Float32Array(new arrays[format](copy.buffer))
  }
  const view = viewOf(bytes)
  const numbers = new Float32Array(Math.floor(bytes.length / size))
  for (let index = 0; index < numbers.length; index++) numbers[index] = read(view, index * size)
  return numbers
}

/** The value of a half-precision number's bits (IEEE 754 binary16). */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = (bits & 1023) / 1024
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15))
}
