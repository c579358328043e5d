import { maskedCrc32c } from '../src/models/formats/crc32c.ts'

/** TensorFlow's checkpoints and Magenta's bundles, written by hand, byte by byte. */

export const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0))
const little = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24]
export const floats = (values: number[]) => [...new Uint8Array(Float32Array.from(values).buffer)]
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
export const number = (field: number, value: number) => [...varint(field * 8), ...varint(value)]
export const bytes = (field: number, ...value: number[]) => [
  ...varint(field * 8 + 2),
  ...varint(value.length),
  ...value,
]
export const fixed = (field: number, value: number[]) => [...varint(field * 8 + 5), ...value]
const shape = (...dimensions: number[]) => dimensions.flatMap((size) => bytes(2, ...number(1, size)))

type Row = readonly [key: string, value: number[]]
export const entry = ([key, value]: Row) => [0, ...varint(key.length), ...varint(value.length), ...ascii(key), ...value]
export const block = (rows: number[], compression = 0) => {
  const content = [...rows, ...little(0), ...little(1), compression]
  return [...content, ...little(maskedCrc32c(Uint8Array.from(content)))]
}
export const handle = (at: number, block: number[]) => [...varint(at), ...varint(block.length - 5)]
export const tableOf = (data: number[], index: number[]) => {
  const footer = [0, 0, ...handle(data.length, index)]
  const padding = Array<number>(40 - footer.length).fill(0)
  return [...data, ...index, ...footer, ...padding, 0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]
}
export const table = (rows: number[], compression = 0) => {
  const data = block(rows, compression)
  return tableOf(data, block(entry(['z', handle(0, data)])))
}

export const meta = (name: string, sizes: number[], type = 1): Row => [
  '',
  bytes(1, ...bytes(1, ...bytes(1, ...ascii(name)), ...bytes(2, ...shape(...sizes)), ...number(3, type))),
]
export const saved = (name: string, proto: number[]): Row => [
  name,
  bytes(2, ...bytes(1, ...ascii(name)), ...bytes(3, ...proto)),
]
export const numbers = [1.5, -2, 0.25, 1e-20, 3, -0]
export const packed = bytes(5, ...floats(numbers))
export const v1 = (...rows: Row[]) => table(rows.flatMap(entry))
export const good = v1(meta('w', [2, 3]), saved('w', packed))
export const located = (offset: number, size: number, checksum = maskedCrc32c(Uint8Array.from(floats(numbers)))) => [
  ...number(1, 1),
  ...bytes(2, ...shape(2, 3)),
  ...number(4, offset),
  ...number(5, size),
  ...fixed(6, little(checksum)),
]
export const bundle = (...parts: number[][]) =>
  Uint8Array.from([...bytes(1, ...bytes(1, ...ascii('basic_rnn'))), ...parts.flatMap((part) => bytes(2, ...part))])

/** A bundle whose graph shapes attention's memory, under this name, for a window of so many steps. */
export const bundleWithGraph = (name: string, window: number, ...parts: number[][]) => {
  const tensor = bytes(8, ...bytes(4, ...[-1, window, 8].flatMap(little)))
  const attribute = bytes(5, ...bytes(1, ...ascii('value')), ...bytes(2, ...tensor))
  const node = bytes(1, ...bytes(1, ...ascii(name)), ...attribute)
  return Uint8Array.from([...bundle(...parts), ...bytes(3, ...bytes(2, ...node))])
}
