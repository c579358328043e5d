import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { CheckpointError, type CheckpointFiles } from '../checkpoint.ts'
import { readMagentaJs } from './magenta-js.ts'

type Contents = Readonly<Record<string, string | object>>

/** A folder in memory: of shards the bytes, of JSON the value, the text or the bytes. */
function folder(contents: Contents): CheckpointFiles {
  const read = async (file: string, limit: number) => {
    const content = contents[file]
    if (content === undefined) return null
    const raw = content instanceof Uint8Array || !file.endsWith('.json')
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    return (raw ? Uint8Array.from(content as number[]) : new TextEncoder().encode(text)).subarray(0, limit)
  }
  return { name: 'models/a', read }
}

const floats = (...values: number[]) => [...new Uint8Array(Float32Array.from(values).buffer)]
const weight = (shape: number[], more: object = {}) => ({ name: 'w', shape, dtype: 'float32', ...more })
const config = { type: 'MusicRNN' }
const manifest = (weights: object[], paths = ['a']) => [{ paths, weights }]
const one = (more: object, bytes: readonly number[] = floats(1), shape = [1]) =>
  folder({ 'config.json': config, 'weights_manifest.json': manifest([weight(shape, more)]), a: bytes })
const good = { 'config.json': config, 'weights_manifest.json': manifest([weight([2])]), a: floats(1, -0) }
const values = async (files: CheckpointFiles) => [...((await readMagentaJs(files)).tensors.get('w')?.data ?? [])]

describe('a folder', () => {
  it('is read with its config and tensors', async () => {
    const { tensors, claims } = await readMagentaJs(folder(good))
    expect(claims).toEqual({ config })
    expect([...tensors]).toEqual([['w', { shape: [2], data: Float32Array.of(1, -0) }]])
  })

  it('is read across shards that cut numbers in two, and past tensors that are not floats', async () => {
    const step = { name: 'step', shape: [], dtype: 'int32' }
    const flag = { name: 'flag', shape: [1], dtype: 'bool' }
    const bytes = [9, 9, 9, 9, 1, ...floats(3, 4)]
    const files = { a: bytes.slice(0, 6), b: bytes.slice(6, 7), c: bytes.slice(7) }
    const weights = manifest([step, flag, weight([2, 1])], ['a', 'b', 'c'])
    expect(await values(folder({ ...good, 'weights_manifest.json': weights, ...files }))).toEqual([3, 4])
  })

  it.each([
    ['uint8', [0, 3, 255], [-1, 0.5, 126.5]],
    ['uint16', [0, 0, 3, 0, 0, 1], [-1, 0.5, 127]],
  ])('is read with weights in %s', async (dtype, bytes, expected) => {
    expect(await values(one({ quantization: { dtype, scale: 0.5, min: -1 } }, bytes, [3]))).toEqual(expected)
  })

  it('is read with weights in float16', async () => {
    const bytes = [0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x80, 0x55, 0x35]
    const expected = [1, -2, 65504, 2 ** -24, -0, 0.333251953125]
    expect(await values(one({ quantization: { dtype: 'float16' } }, bytes, [6]))).toEqual(expected)
  })

  it('needs no config where the caller has one', async () => {
    const { 'config.json': _, ...rest } = good
    expect((await readMagentaJs(folder(rest), { needConfig: false })).claims).toEqual({})
  })

  it('keeps words of other languages, and passes over a byte order mark', async () => {
    const files = folder({ ...good, 'config.json': '\uFEFF{"title": "Ünïcode 🎷"}' })
    expect((await readMagentaJs(files)).claims.config).toEqual({ title: 'Ünïcode 🎷' })
  })

  const { 'config.json': _, ...withoutConfig } = good
  const broken = (file: string, content: Contents[string]) => folder({ ...good, [file]: content })
  it.each([
    ['no config', folder(withoutConfig), /^config\.json in models\/a is missing: add .+\.$/],
    ['a config that is no JSON', broken('config.json', '{"type": '), /is not JSON/],
    ['a config that is a page', broken('config.json', ' <html>'), /is a web page/],
    ['a config that is not text', broken('config.json', Uint8Array.of(0x22, 0xff, 0x22)), /not UTF-8/],
    ['a config that is a list', broken('config.json', [config]), /is Array where an Object belongs/],
    ['a config without end', broken('config.json', ' '.repeat(2 ** 20 + 1)), /larger than 1 MiB/],
    ['a config of another model', broken('config.json', { type: 'MusicVAE' }), /of a MusicVAE, and only a MusicRNN/],
    [
      'a wrong field',
      broken('config.json', { dataConverter: { type: 3 } }),
      /has 3 as dataConverter.type where string/,
    ],
    ['a field left out', broken('config.json', { auxInputs: [{}] }), /lacks auxInputs.0.type: /],
    ['no manifest', folder({ 'config.json': config }), /weights_manifest\.json in models\/a is missing/],
    ['a manifest that is an object', broken('weights_manifest.json', {}), /is Object where Array belongs/],
    ['a missing shard', broken('weights_manifest.json', manifest([weight([1])], ['b'])), /^b in models\/a is missing/],
    [
      'a shard too short',
      broken('a', floats(1, 2).slice(1)),
      /^a in models\/a should hold 8 bytes and not fewer.+binary/,
    ],
    ['a shard too long', broken('a', floats(1, 2, 3)), /^a in models\/a should hold 8 bytes and not more/],
    ['an unknown type', one({ dtype: 'complex64' }), /has "complex64" as 0.weights.0.dtype where/],
    ['an unknown quantisation', one({ quantization: { dtype: 'int4' } }), /quantization.dtype/],
    [
      'numbers that are not finite',
      one({}, floats(Number.NaN)),
      /^a in models\/a has numbers in w that are not finite/,
    ],
    ['a negative shape', one({}, [], [-1]), /has -1 as 0.weights.0.shape.0 where a whole number belongs/],
    ['half a dimension', one({}, [], [0.5]), /where a whole number belongs/],
    ['too much to claim', one({}, [], [2 ** 26, 2]), /describes more than 256 MiB/],
    ['sizes without measure', one({}, [], [...Array(30).fill(2 ** 50), 0]), /describes more than 256 MiB/],
    ['a tensor twice', broken('weights_manifest.json', manifest([weight([1]), weight([1])])), /holds w twice/],
    ['too many files', broken('weights_manifest.json', manifest([weight([1])], Array(1001).fill('a'))), /up to 1000/],
    ['too many groups', broken('weights_manifest.json', Array(1001).fill(manifest([])[0])), /up to 1000 files belongs/],
    ['a group without files', broken('weights_manifest.json', manifest([weight([1])], [])), /0.paths/],
  ])('with %s is refused with a sentence', async (_, files, sentence) => {
    await expect(readMagentaJs(files)).rejects.toThrow(CheckpointError)
    await expect(readMagentaJs(files)).rejects.toThrow(sentence)
  })

  it.each(['../a', '..', '.', '/a', 'b/a', 'b\\a', 'c:a', 'https://x/a', '%2e%2e', ' ..', '.\t.', 'a?b', 'a#b', ''])(
    'is never left for the shard %j',
    async (path) => {
      const files = broken('weights_manifest.json', manifest([weight([1])], [path]))
      await expect(readMagentaJs(files)).rejects.toThrow(/as 0.paths.0 where the plain name of a file belongs/)
    },
  )

  it.each([
    ['longer', 0, 3, /^a in models\/a should hold 8 bytes and not more/],
    ['shorter', 1, -1, /^b in models\/a should hold 8 bytes and not fewer/],
    ['shorter, the last one', 3, -2, /^d in models\/a should hold 4 bytes and not fewer/],
  ] as const)('names the one shard of several that is %s', async (_, damaged, by, sentence) => {
    const numbers = [floats(1, 2), floats(3, 4), floats(5, 6), floats(7)]
    const shards = numbers.map((bytes, index) =>
      index === damaged ? [...bytes, 1, 2, 3].slice(0, bytes.length + by) : bytes,
    )
    const [a = [], b = [], c = [], d = []] = shards
    const files = folder({
      'config.json': config,
      'weights_manifest.json': manifest([weight([7])], ['a', 'b', 'c', 'd']),
      a,
      b,
      c,
      d,
    })
    await expect(readMagentaJs(files)).rejects.toThrow(sentence)
  })

  it('names the shards that hold numbers that are not finite', async () => {
    const files = folder({
      'config.json': config,
      'weights_manifest.json': manifest([weight([1]), weight([1], { name: 'v' })], ['a', 'b']),
      a: floats(1),
      b: floats(Number.NaN),
    })
    await expect(readMagentaJs(files)).rejects.toThrow(/^b in models\/a has numbers in v that are not finite/)
  })

  it('does not read on through empty shards', async () => {
    const { read } = folder({ ...good, 'weights_manifest.json': manifest([weight([1])], Array(9).fill('a')), a: [] })
    const spy = vi.fn(read)
    await expect(readMagentaJs({ name: 'models/a', read: spy })).rejects.toThrow(/not fewer/)
    expect(spy).toHaveBeenCalledTimes(3)
  })

  it('is read or refused, whatever becomes of its JSON and its shards', async () => {
    const quantization = { dtype: 'uint8', scale: 0.5, min: -1 }
    const weights = [weight([2, 1]), weight([3], { name: 'v', quantization })]
    const texts = [JSON.stringify({ ...config, attentionLength: 2 }), JSON.stringify(manifest(weights, ['a', 'b']))]
    const bytes = [...floats(1, 2), 1, 2, 3]
    const edit = fc.tuple(fc.nat(), fc.constantFrom(...'"{}[]:,0129.-eaz\\/ é'), fc.constantFrom(0, 1, 1, 5))
    const edits = fc.array(edit, { maxLength: 3 })
    const mutated = (text: string, changes: [number, string, number][]) =>
      changes.reduce((text, [place, character, cut]) => {
        const at = place % (text.length + 1)
        return text.slice(0, at) + character + text.slice(at + cut)
      }, text)
    await fc.assert(
      fc.asyncProperty(edits, edits, fc.nat(12), fc.nat(11), async (inConfig, inManifest, length, cut) => {
        const files = folder({
          'config.json': mutated(texts[0] ?? '', inConfig),
          'weights_manifest.json': mutated(texts[1] ?? '', inManifest),
          a: bytes.slice(0, cut),
          b: bytes.slice(cut, length),
        })
        await readMagentaJs(files).catch((error) => expect(error).toBeInstanceOf(CheckpointError))
      }),
      { numRuns: runs(2000) },
    )
  })
})
