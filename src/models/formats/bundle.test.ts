import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ascii,
  block,
  bundle,
  bundleWithGraph,
  bytes,
  entry,
  fixed,
  floats,
  good,
  handle,
  located,
  meta,
  number,
  numbers,
  packed,
  saved,
  table,
  tableOf,
  v1,
} from '../../../test/bundles.ts'
import { runs } from '../../../test/runs.ts'
import { CheckpointError } from '../checkpoint.ts'
import { readBundle } from './bundle.ts'

const read = (...parts: number[][]) => readBundle(bundle(...parts), 'a.mag')

describe('a bundle', () => {
  it.each([
    ['packed', packed],
    ['unpacked', numbers.flatMap((value) => fixed(5, floats([value])))],
    ['as raw bytes', bytes(4, ...floats(numbers))],
  ])('is read with its numbers %s', (_, proto) => {
    const { tensors, claims } = read(v1(meta('w', [2, 3]), saved('w', proto)))
    expect(claims).toEqual({ id: 'basic_rnn' })
    expect([...tensors]).toEqual([['w', { shape: [2, 3], data: Float32Array.from(numbers) }]])
  })

  it('is read with a checkpoint in two files, where a tensor may lie anywhere', () => {
    const { tensors } = read(v1(['', []], ['w', located(1, 24)]), [9, ...floats(numbers)])
    expect([...tensors]).toEqual([['w', { shape: [2, 3], data: Float32Array.from(numbers) }]])
  })

  it('is read without tensors of other types', () => {
    expect(read(v1(meta('step', [], 9), saved('step', number(10, 7)))).tensors.size).toBe(0)
  })

  it.each([
    ['rnn/while/rnn/attention_cell_wrapper/Reshape/shape', 24],
    ['rnn/multi_rnn_cell/cell_0/attention_cell_wrapper/Reshape/shape', 40],
    ['RNN/while/AttentionCellWrapper/Reshape/shape', 40],
    ['RNN/AttentionCellWrapper/Reshape/shape', 16],
    ['RNN/AttentionCellWrapper/Reshape_1/shape', undefined],
  ])('says how far attention looks back where its graph has %s', (name, window) => {
    const { claims } = readBundle(bundleWithGraph(name, window ?? 9, good), 'a.mag')
    expect(claims.attentionLength).toBe(window)
  })

  it.each([
    ['an empty file', Uint8Array.of(), /^a\.mag is empty: .+\.$/],
    ['a page', Uint8Array.from(ascii('\n\n<!DOCTYPE html>')), /web page/],
    ['text', Uint8Array.from(ascii('version https://git-lfs.github.com/spec/v1')), /not a \.mag bundle/],
    ['no weights', bundle(), /holds no weights/],
    ['three files', bundle(good, good, good), /several data files/],
    ['compression', bundle(table(entry(meta('w', [1])), 1)), /compress/],
    ['a tensor in parts', bundle(v1(meta('w', [2, 4]), saved('w', packed))), /keeps w in parts/],
    ['a tensor that is left out', bundle(v1(meta('w', [2, 3]))), /damaged/],
    ['a tensor twice', bundle(v1(meta('w', [2, 3]), saved('w', packed), saved('w', packed))), /holds w twice/],
    ['no number', bundle(v1(meta('w', [1]), saved('w', bytes(5, ...floats([Number.NaN]))))), /not finite/],
    ['a shape of 2⁶⁰ numbers', bundle(v1(meta('w', [2 ** 30, 2 ** 30]), saved('w', packed))), /damaged/],
    ['an endless number', Uint8Array.from(Array(99).fill(0xff)), /damaged/],
    ['millions of fields', new Uint8Array(4_000_000).fill(8), /damaged/],
    ['tensors beyond the data', bundle(v1(['w', located(1, 24)]), floats(numbers)), /damaged/],
    ['tensors that overlap', bundle(v1(['v', located(0, 24)], ['w', located(0, 24)]), floats(numbers)), /damaged/],
    ['a wrong checksum', bundle(v1(['w', located(0, 24, 1)]), floats(numbers)), /damaged/],
    ['keys that grow', bundle(table([0, 100, 0, ...Array(100).fill(65), 101, 0, 0])), /damaged/],
    ['thousands of entries', bundle(table(Array(10_001).fill([0, 0, 0]).flat())), /over 10000 entries/],
  ])('with %s is refused with a sentence', (_, file, sentence) => {
    expect(() => readBundle(file, 'a.mag')).toThrow(CheckpointError)
    expect(() => readBundle(file, 'a.mag')).toThrow(sentence)
  })

  it('whose index leads to a block twice is refused', () => {
    const data = block(entry(meta('w', [1])))
    const twice = block([...entry(['y', handle(0, data)]), ...entry(['z', handle(0, data)])])
    expect(() => read(tableOf(data, twice))).toThrow(/damaged/)
  })

  it('that is cut off anywhere is refused', () => {
    const whole = bundle(good)
    for (let length = 0; length < whole.length; length++) {
      expect(() => readBundle(whole.subarray(0, length), 'a.mag')).toThrow(CheckpointError)
    }
  })

  it('never gives other numbers after a bit has flipped', () => {
    const whole = bundle(good)
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const data = outcome(flipped)?.tensors.get('w')?.data
      if (data) expect(data).toEqual(Float32Array.from(numbers))
    }
  })

  it.each([
    ['one file', bundle(good)],
    ['two files', bundle(v1(['', []], ['w', located(0, 24)]), floats(numbers))],
    ['bytes whose checksums are always right', null],
  ])('of %s is read or refused, whatever becomes of its bytes', (_, whole) => {
    const edit = fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'insert', 'remove'))
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const mutate = (bytes: number[]) => {
          for (const [at, byte, kind] of edits) {
            bytes.splice(at % bytes.length, kind === 'insert' ? 0 : 1, ...(kind === 'remove' ? [] : [byte]))
          }
          return bytes
        }
        const rows = () => mutate([meta('w', [2, 3]), saved('w', packed)].flatMap(entry))
        outcome(whole ? Uint8Array.from(mutate([...whole])) : bundle(table(rows())))
      }),
      { numRuns: runs(2000) },
    )
  })
})

/** What is read, or null where it is refused as it should be; any other error fails the test. */
function outcome(file: Uint8Array) {
  try {
    return readBundle(file, 'a.mag')
  } catch (error) {
    if (error instanceof CheckpointError) return null
    throw error
  }
}
