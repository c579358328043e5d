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

const machineIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** The numbers in some bytes, which may begin at any place of their buffer; an odd rest is left out. */
export function decode(bytes: Uint8Array, format: NumberFormat): Float32Array {
  const { size, read } = readers[format]
  const length = Math.floor(bytes.length / size)
  if (!machineIsLittleEndian) {
    const view = viewOf(bytes)
    return Float32Array.from({ length }, (_, index) => read(view, index * size))
  }
  // What lies where the machine can read numbers by itself is not copied.
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes)
  if (format === 'float32') return new Float32Array(buffer, byteOffset, length)
  if (format === 'uint8') return new Float32Array(new Uint8Array(buffer, byteOffset, length))
  const numbers = new Uint16Array(buffer, byteOffset, length)
  if (format === 'uint16') return new Float32Array(numbers)
  halves ??= Float32Array.from({ length: 65_536 }, (_, bits) => half(bits))
  const decoded = new Float32Array(length)
  for (let index = 0; index < length; index++) decoded[index] = halves[numbers[index] as number] as number
  return decoded
}

/** The values of all half-precision numbers: to look one up takes a twentieth of the time. */
let halves: Float32Array | undefined

/** The value of a half-precision number's bits (IEEE 754 binary16). */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = (bits & 1023) / 1024
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15))
}
