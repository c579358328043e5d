import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Checkpoint, CheckpointFiles } from '../checkpoint.ts'
import { readBundle, readMagentaJs } from './index.ts'

const oracles = join(import.meta.dirname, '../oracles')
const bundles = readdirSync(join(oracles, 'bundles')).filter((file) => file.endsWith('.mag'))
const folders = readdirSync(join(oracles, 'magenta'))

function folder(name: string): CheckpointFiles {
  const read = async (file: string, limit: number) => {
    const path = join(name, file)
    return existsSync(path) ? readFileSync(path).subarray(0, limit) : null
  }
  return { name, read }
}

const magenta = (name: string) => readMagentaJs(folder(join(oracles, 'magenta', name)))
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'))
const sum = (data: Float32Array) => data.reduce((total, value) => total + value, 0)
const bits = ({ tensors }: Checkpoint) =>
  [...tensors]
    .map(([name, { shape, data }]) => ({
      name,
      shape,
      bits: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

describe('bundles that TensorFlow saved', () => {
  it.each(bundles)('%s has the names, shapes and sums that TensorFlow names', (file) => {
    const { id, tensors } = json(oracles, 'bundles', file.replace('.mag', '.json'))
    const read = readBundle(readFileSync(join(oracles, 'bundles', file)), file)
    expect(read.claims.id).toBe(id)
    expect([...read.tensors.keys()].sort()).toEqual(Object.keys(tensors).sort())
    for (const [name, tensor] of read.tensors) {
      expect(tensor.shape).toEqual(tensors[name].shape)
      expect(sum(tensor.data)).toBeCloseTo(tensors[name].sum, 6)
    }
  })

  it('finds the length of attention where the graph lies beside the weights', () => {
    const claimed = (file: string) =>
      readBundle(readFileSync(join(oracles, 'bundles', file)), file).claims.attentionLength
    expect(claimed('attention-first-cell.mag')).toBe(24)
    expect(claimed('attention-all-cells.mag')).toBeUndefined()
  })

  it.each(['basic.mag', 'basic-v2.mag'])('finds every bit of %s that flips inside a tensor', (file) => {
    const bytes = readFileSync(join(oracles, 'bundles', file))
    for (const { data } of readBundle(bytes, file).tensors.values()) {
      const at = bytes.indexOf(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
      expect(at).toBeGreaterThan(0)
      for (const [index, bit] of [
        [0, 0],
        [data.byteLength >> 1, 3],
        [data.byteLength - 1, 7],
      ] as const) {
        const flipped = Uint8Array.from(bytes)
        flipped[at + index] = (flipped[at + index] ?? 0) ^ (1 << bit)
        expect(() => readBundle(flipped, file)).toThrow(/is damaged/)
      }
    }
  })
})

describe('folders that Magenta.js plays', () => {
  it.each(folders)('%s has all its numbers', async (name) => {
    const [{ weights }] = json(oracles, 'magenta', name, 'weights_manifest.json')
    const { tensors, claims } = await magenta(name)
    expect(claims.config).toEqual(json(oracles, 'magenta', name, 'config.json'))
    expect([...tensors].map(([name, { shape }]) => ({ name, shape }))).toEqual(
      weights.map(({ name, shape }: { name: string; shape: number[] }) => ({ name, shape })),
    )
    for (const { data } of tensors.values()) expect(Math.max(...data.map(Math.abs))).toBeLessThan(10)
  })
})

it.each([
  ['basic-uint8', 0.5],
  ['basic-uint16', 0.002],
])('%s has the numbers of basic, but for their rounding', async (name, steps) => {
  const [whole, rounded] = [await magenta('basic'), await magenta(name)]
  const [{ weights }] = json(oracles, 'magenta', 'basic-uint8', 'weights_manifest.json')
  for (const { name, quantization } of weights) {
    const data = whole.tensors.get(name)?.data ?? []
    const off = rounded.tensors.get(name)?.data.map((value, index) => Math.abs(value - (data[index] ?? 9))) ?? [9]
    expect(Math.max(...off)).toBeLessThanOrEqual(steps * quantization.scale * 1.001)
  }
})

const reference = process.env.TRADEFOURS_REFERENCE

describe('one model in both formats', () => {
  it.skipIf(!reference)('has the same 14 tensors, bit for bit', async () => {
    const place = join(reference ?? '', 'attention_rnn')
    const bundle = readBundle(readFileSync(join(place, 'attention_rnn.mag')), 'attention_rnn.mag')
    const tfjs = await readMagentaJs(folder(join(place, 'tfjs')))
    expect(bundle.claims).toEqual({ id: 'attention_rnn', attentionLength: 40 })
    expect(bundle.tensors.size).toBe(14)
    expect(bits(bundle)).toEqual(bits(tfjs))
  })
})
