import { type Random, seeded } from '../../src/models/index.ts'

/** Texts that break careless readers. */
const words = [
  ...['__proto__', 'constructor', 'toString', 'null', '-1', '1e999', 'NaN', '\0', '\u202e', '{"', '"}', '|', '/', '%'],
  ...['['.repeat(20_000), '{"a":'.repeat(5_000), '9'.repeat(400), 'x'.repeat(70_000)],
].map((word) => new TextEncoder().encode(word))

/** A value of JSON, behind what comes before one; no name of a field. */
const value = /(?<=[:,[{\n]\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)(?!\s*:)/g

/** Values that JSON may have where another is expected. */
const values = ['null', 'true', '""', '[]', '{}', '-1', '0', '0.5', '1e-300', '1e9', '1e300', '127', '128', '65536']

/** The extreme values of one byte and of four. */
const ends = [0, 1, 0x7f, 0x80, 0xff]

/** A mutation of one of some good inputs: the same for the same number. */
export function mutate(good: readonly Uint8Array[], number: number): Uint8Array {
  const random = seeded(number)
  const below = (most: number) => Math.floor(random.next() * most)
  if (below(20) === 0) return noise(random, below(400))
  let bytes: Uint8Array = Uint8Array.from(good[below(good.length)] ?? [])
  // Most cases stay texts of whole lines or values, and so reach what comes behind a parser.
  const last = [kinds, 2, 1][below(3)] ?? kinds
  for (let times = 1 + below(4); times > 0; times--) bytes = mutateOnce(bytes, kinds - 1 - below(last), random, below)
  return bytes
}

/** How many kinds of changes there are. The last but one keeps a text's lines whole, the last its values. */
const kinds = 11

/** A single change: of bits and bytes, or of what a reader of text takes for a value or a line. */
function mutateOnce(bytes: Uint8Array, kind: number, random: Random, below: (most: number) => number): Uint8Array {
  const at = below(bytes.length + 1)
  const to = Math.min(bytes.length, at + 1 + below(32))
  const put = (...middle: Uint8Array[]) => Buffer.concat([bytes.subarray(0, at), ...middle, bytes.subarray(to)])
  switch (kind) {
    case 0:
      return written(bytes, at, (bytes[at] ?? 0) ^ (1 << below(8)))
    case 1:
      return written(bytes, at, ends[below(ends.length)])
    case 2:
      return written(bytes, at, ...Array<number | undefined>(4).fill(ends[below(2) * 4]))
    case 3:
      return bytes.subarray(0, at)
    case 4:
      return put()
    case 5:
      return put(noise(random, below(64)))
    case 6:
      return put(bytes.subarray(at, to), bytes.subarray(at, to))
    case 7:
      return put(bytes.subarray(0, below(256)))
    case 8:
      return put(words[below(words.length)] as Uint8Array)
    case 9:
      return withLineMoved(bytes, below)
    default:
      return withOtherValue(bytes, at, below)
  }
}

/** The same bytes, with others from a place on. */
function written(bytes: Uint8Array, at: number, ...others: (number | undefined)[]): Uint8Array {
  const copy = Uint8Array.from(bytes)
  for (const [index, other] of others.entries()) if (at + index < copy.length) copy[at + index] = other ?? 0
  return copy
}

/** Bytes as letters, one each. */
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

const isAlike = (value: string, other: string) =>
  [/^"/, /^[-\d]/, /^[tf]/].every((kind) => kind.test(value) === kind.test(other))

/** A value is another one: an odd one, or one that stands elsewhere. Where there is none, it is a byte. */
function withOtherValue(bytes: Uint8Array, at: number, below: (most: number) => number): Uint8Array {
  const text = latin1(bytes)
  const from = (place: number) => {
    value.lastIndex = place
    return value.exec(text)
  }
  const found = from(at)
  if (!found) return written(bytes, at, below(256))
  const choose = () => (below(2) === 0 && from(below(text.length))?.[0]) || (values[below(values.length)] ?? '')
  let other = choose()
  // Mostly of its kind, which a schema lets through.
  for (let tries = 10 * below(4); tries > 0 && !isAlike(other, found[0]); tries--) other = choose()
  return Buffer.from(text.slice(0, found.index) + other + text.slice(found.index + found[0].length), 'latin1')
}

/** A line comes a second time, is lost, or goes to another place. */
function withLineMoved(bytes: Uint8Array, below: (most: number) => number): Uint8Array {
  const lines = latin1(bytes).split('\n')
  const from = below(lines.length)
  const kept = below(3) === 0 ? lines : lines.toSpliced(from, 1)
  const moved = below(3) === 0 ? kept : kept.toSpliced(below(kept.length + 1), 0, lines[from] ?? '')
  return Buffer.from(moved.join('\n'), 'latin1')
}

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random.next() * 256))
}
