import { type Random, seeded } from '../../src/models/index.ts'

/** Texts that break careless readers. */
const words = [
  ...['__proto__', 'constructor', 'toString', 'null', '-1', '1e999', 'NaN', '\0', '\u202e', '{"', '"}', '|', '/', '%'],
  ...['['.repeat(20_000), '{"a":'.repeat(5_000), '9'.repeat(400), 'x'.repeat(70_000)],
].map((word) => new TextEncoder().encode(word))

/** The extreme values of one byte and of four. */
const ends = [0, 1, 0x7f, 0x80, 0xff]

/** A mutation of one of some good inputs: the same for the same number. */
export function mutate(good: readonly Uint8Array[], number: number): Uint8Array {
  const random = seeded(number)
  const below = (most: number) => Math.floor(random.next() * most)
  if (below(20) === 0) return noise(random, below(400))
  let bytes: Uint8Array = Uint8Array.from(good[below(good.length)] ?? [])
  for (let times = 1 + below(4); times > 0; times--) bytes = mutateOnce(bytes, random, below)
  return bytes
}

/** A single change. */
function mutateOnce(bytes: Uint8Array, random: Random, below: (most: number) => number): Uint8Array {
  const at = below(bytes.length + 1)
  const to = Math.min(bytes.length, at + 1 + below(32))
  const put = (...middle: Uint8Array[]) => Buffer.concat([bytes.subarray(0, at), ...middle, bytes.subarray(to)])
  switch (below(9)) {
    case 0:
      return bytes.map((byte, index) => (index === at ? byte ^ (1 << below(8)) : byte))
    case 1:
      return bytes.map((byte, index) => (index === at ? (ends[below(ends.length)] as number) : byte))
    case 2:
      return bytes.map((byte, index) => (index >= at && index < at + 4 ? (ends[below(2) * 4] as number) : byte))
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
    default:
      return put(words[below(words.length)] as Uint8Array)
  }
}

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random.next() * 256))
}
