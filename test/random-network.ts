import type { Attention, Linear, Network } from '../src/models/network.ts'
import { seeded } from '../src/models/random.ts'

/** What a random network looks like. */
export type NetworkShape = {
  readonly inputs: number
  readonly units: readonly number[]
  readonly classes: number
  readonly attention?: { readonly around: 'first' | 'all'; readonly length: number }
}

/** A network of random weights, for tests and benchmarks. Weights of size 1 or so make it lively. */
export function randomNetwork({ inputs, units, classes, attention }: NetworkShape, seed: number, size = 1): Network {
  const random = seeded(seed)
  const floats = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => (random.next() * 2 - 1) * scale)
  const linear = (rows: number, columns: number): Linear => ({
    rows,
    columns,
    weights: floats(rows * columns, size / Math.sqrt(rows / 3)),
    bias: floats(columns, size / 4),
  })
  const layers = units.map((count, index) => ({
    ...linear((units[index - 1] ?? inputs) + count, 4 * count),
    units: count,
  }))
  const wrapped = attention?.around === 'first' ? units.slice(0, 1) : units
  const top = wrapped.at(-1) as number
  const found: Attention | null = attention
    ? {
        ...attention,
        size: top,
        input: linear(inputs + top, inputs),
        query: linear(2 * wrapped.reduce((sum, count) => sum + count, 0), top),
        features: floats(top * top, size / Math.sqrt(top / 3)),
        v: floats(top, size),
        output: linear(2 * top, top),
      }
    : null
  const head = linear(units.at(-1) as number, classes)
  return { inputs, classes, layers, attention: found, head, ignored: [], notices: [] }
}
