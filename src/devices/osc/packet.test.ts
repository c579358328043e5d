import fc from 'fast-check'
import { toBuffer } from 'osc-min'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { atOnce, largest, readOsc, timeTag, unixMsOf, writeOsc } from './packet.ts'

const bytesOf = (packet: Parameters<typeof toBuffer>[0]) => {
  const { buffer, byteOffset, byteLength } = toBuffer(packet)
  return new Uint8Array(buffer, byteOffset, byteLength)
}
const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const message = (address: string, ...values: number[]) => ({ address, types: 'i'.repeat(values.length), values })

/** A message in so many bundles. */
function nested(depth: number): Uint8Array {
  let packet: Parameters<typeof toBuffer>[0] = { address: '/deep' }
  for (let level = 0; level < depth; level++) packet = { timetag: [0, 1], elements: [packet] }
  return bytesOf(packet)
}

describe('a packet', () => {
  it('is read as it was written, whatever the types', () => {
    const values = [60, -1, 0.5, 'G7', '', 'Übung']
    const bytes = writeOsc([{ address: '/all', types: 'iifsss', values }])
    expect(readOsc(bytes)).toEqual({ messages: [{ address: '/all', values }], refused: 0 })
  })

  it('is read with integers of 64 bits', () => {
    const bytes = bytesOf({ address: '/processnoteon', args: [60n, 100n].map((value) => ({ type: 'bigint', value })) })
    expect(readOsc(bytes).messages).toEqual([{ address: '/processnoteon', values: [60, 100] }])
  })

  it('says when it is to count, the later time of a bundle in a bundle', () => {
    const inner = { timetag: [30, 7] as [number, number], elements: [{ address: '/b' }] }
    const early = { timetag: [10, 9] as [number, number], elements: [{ address: '/c' }] }
    const bytes = bytesOf({ timetag: [20, 8], elements: [{ address: '/a' }, inner, early] })
    expect(readOsc(bytes).messages).toMatchObject([
      { address: '/a', time: [20, 8] },
      { address: '/b', time: [30, 7] },
      { address: '/c', time: [20, 8] },
    ])
    expect(readOsc(nested(2)).messages).toEqual([{ address: '/deep', values: [] }])
  })

  it('has the bytes that OSC 1.0 demands', () => {
    expect(writeOsc([message('/playbass', 40, 100)])).toEqual(
      Uint8Array.of(...ascii('/playbass\0\0\0,ii\0'), 0, 0, 0, 40, 0, 0, 0, 100),
    )
    expect(writeOsc([message('/a')], [1, 2])).toEqual(
      Uint8Array.of(...ascii('#bundle\0'), 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 8, ...ascii('/a\0\0,\0\0\0')),
    )
  })

  it('may hold messages in bundles in bundles, in their order', () => {
    const inner = { timetag: [0, 1] as [number, number], elements: [{ address: '/b' }, { address: '/c' }] }
    const bytes = bytesOf({ timetag: [0, 1], elements: [{ address: '/a' }, inner, { address: '/d' }] })
    expect(readOsc(bytes).messages.map(({ address }) => address)).toEqual(['/a', '/b', '/c', '/d'])
    expect(readOsc(nested(largest.depth))).toMatchObject({ messages: [{ address: '/deep' }], refused: 0 })
    expect(readOsc(nested(largest.depth + 1))).toEqual({ messages: [], refused: 1 })
    expect(readOsc(nested(700))).toEqual({ messages: [], refused: 1 })
  })

  it('of scsynth’s status can be read, and what has no meaning here is null', () => {
    const status = [1, 0, 0, 2, 4].map((value) => ({ type: 'integer' as const, value }))
    const rates = [48_000, 48_000.5].map((value) => ({ type: 'double' as const, value }))
    const odd = [
      { type: 'blob' as const, value: Uint8Array.of(1) },
      { type: 'array' as const, value: [1] },
      null,
      'bang' as const,
      true,
    ]
    const bytes = bytesOf({ address: '/status.reply', args: [...status, ...rates, ...odd] })
    expect(readOsc(bytes).messages[0]?.values).toEqual([1, 0, 0, 2, 4, 48_000, 48_000.5, null, null, null, true, true])
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['a message that breaks off', bytesOf({ address: '/note', args: [1, 2] }).slice(0, -2)],
    ['a message without an address', ascii('note\0\0\0\0,\0\0\0')],
    ['an unknown type', ascii('/a\0\0,?\0\0')],
    ['a blob of negative length', Uint8Array.of(...ascii('/a\0\0,b\0\0'), 255, 255, 255, 255)],
    ['a bundle that breaks off', ascii('#bundle\0\0\0\0')],
    ['more values than anybody has', bytesOf({ address: '/a', args: Array(largest.values + 1).fill(true) })],
    ['too large a packet', bytesOf({ address: '/a', args: ['a'.repeat(largest.bytes)] })],
  ])('is refused when it is %s', (_, bytes) => {
    expect(readOsc(bytes)).toEqual({ messages: [], refused: 1 })
  })

  it('loses only what is damaged, and says so', () => {
    const bytes = bytesOf({ timetag: [0, 1], elements: [{ address: '/a' }, { address: '/bad' }, { address: '/c' }] })
    bytes[bytes.indexOf('b'.charCodeAt(0), 20) - 1] = 0x78
    expect(readOsc(bytes)).toMatchObject({ messages: [{ address: '/a' }, { address: '/c' }], refused: 1 })
  })

  it('is read up to so many messages', () => {
    const elements = Array.from({ length: 1000 }, () => ({ address: '/a' }))
    const { messages, refused } = readOsc(bytesOf({ timetag: [0, 1], elements }))
    expect([messages.length, refused]).toEqual([largest.messages - 1, 1])
  })

  it('is read or refused, whatever it is', () => {
    const good = writeOsc([message('/processnoteon', 60, 80), message('/ccevent', 127, 41, 0, 1)], atOnce)
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const bytes = good.slice()
        for (const [place, byte] of changes) bytes[place] = byte
        return bytes
      })
    const cut = fc.tuple(mutated, fc.nat(good.length)).map(([bytes, length]) => bytes.slice(0, length))
    const words = fc.array(
      fc.constantFrom('/a\0\0', '#bundle\0', ',i\0\0', ',[[]', '\0\0\0\0', '\0\0\0\x08', '\xff\xff\xff\xff'),
    )
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 256 }),
      mutated,
      cut,
      words.map((some) => ascii(some.join(''))),
    )
    fc.assert(
      fc.property(noise, (bytes) => {
        const { messages, refused } = readOsc(bytes)
        expect(refused + messages.length).toBeGreaterThanOrEqual(isEmptyBundle(bytes) ? 0 : 1)
        for (const { address, values } of messages) {
          expect(address.startsWith('/')).toBe(true)
          for (const value of values)
            expect(value === null || ['number', 'string', 'boolean'].includes(typeof value)).toBe(true)
        }
      }),
      { numRuns: runs(10_000) },
    )
  })
})

/** A bundle may hold nothing, or bundles that do. */
function isEmptyBundle(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 8)) === '#bundle\0'
}

describe('a time tag', () => {
  it('counts from 1900', () => {
    expect(timeTag(0)).toEqual([2_208_988_800, 0])
    expect(timeTag(1500)).toEqual([2_208_988_801, 2 ** 31])
  })

  it('says a moment to the microsecond', () => {
    const moment = fc.double({ min: 1.6e12, max: 2e12, noNaN: true })
    fc.assert(
      fc.property(moment, (ms) => {
        expect(Math.abs(unixMsOf(timeTag(ms)) - ms)).toBeLessThan(0.001)
      }),
    )
  })
})
