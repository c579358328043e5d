import { fromBuffer, type OscArgInput, toBuffer } from 'osc-min'

/** A value of a message that means something here; what is of any other type is null. */
export type OscValue = number | string | boolean | null

/** A message that came in. */
export type OscMessage = { readonly address: string; readonly values: readonly OscValue[] }

/** A message that came in, and when it is to count; without a time, at once. */
export type OscTimed = OscMessage & { readonly time?: TimeTag }

/** What a packet held. */
export type OscPacket = {
  /** In their order, out of however many bundles. */
  readonly messages: readonly OscTimed[]
  /** How many parts of it could not be read. */
  readonly refused: number
}

/** Nobody plays with larger packets, deeper bundles, or more values: they are refused before they cost time. */
export const largest = { bytes: 16_384, depth: 8, messages: 256, values: 64 } as const

/**
 * Reads a packet: a message, or bundles of them in each other. Never throws. What is damaged is counted, and all else of
 * the packet is read; past a limit of {@link largest} the rest is passed over. In a bundle of a bundle the later of both
 * times counts.
 */
export function readOsc(bytes: Uint8Array): OscPacket {
  const messages: OscTimed[] = []
  let refused = 0
  let parts = 0
  const read = (part: Uint8Array, depth: number, outer: TimeTag): void => {
    if (++parts > largest.messages) return
    const found = isBundle(part) ? partsOf(part) : messageOf(part)
    if (found === null || (Array.isArray(found) && depth > largest.depth)) refused++
    else if (Array.isArray(found)) {
      const time = later(outer, timeOf(part))
      for (const each of found) read(each, depth + 1, time)
    } else messages.push(outer === atOnce ? found : { ...found, time: outer })
  }
  if (bytes.length <= largest.bytes) read(bytes, 1, atOnce)
  return { messages, refused: refused + (parts === 0 || parts > largest.messages ? 1 : 0) }
}

/** "#bundle" and its end. */
const bundleMark = [0x23, 0x62, 0x75, 0x6e, 0x64, 0x6c, 0x65, 0]
const timeTagBytes = 8

function isBundle(bytes: Uint8Array): boolean {
  return bundleMark.every((byte, index) => bytes[index] === byte)
}

/** The time of a bundle. */
function timeOf(bundle: Uint8Array): TimeTag {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  return [view.getUint32(bundleMark.length), view.getUint32(bundleMark.length + 4)]
}

/** The later of two times; {@link atOnce} is before all others. */
function later(one: TimeTag, other: TimeTag): TimeTag {
  return other[0] > one[0] || (other[0] === one[0] && other[1] > one[1]) ? other : one
}

/** What is in a bundle; null where its lengths are wrong. */
function partsOf(bundle: Uint8Array): Uint8Array[] | null {
  const parts: Uint8Array[] = []
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  let place = bundleMark.length + timeTagBytes
  while (place + 4 <= bundle.length && parts.length <= largest.messages) {
    const length = view.getUint32(place)
    place += 4
    if (length === 0 || length % 4 !== 0 || place + length > bundle.length) return null
    parts.push(bundle.subarray(place, place + length))
    place += length
  }
  return place === bundle.length || parts.length > largest.messages ? parts : null
}

function messageOf(bytes: Uint8Array): OscMessage | null {
  // Most packets that are not messages are recognised by their first byte.
  if (bytes[0] !== slash || bytes.length % 4 !== 0) return null
  try {
    const packet = fromBuffer(bytes)
    if (packet.oscType !== 'message' || packet.args.length > largest.values) return null
    return { address: packet.address, values: packet.args.map(plainValue) }
  } catch {
    return null
  }
}

const slash = 0x2f

function plainValue({ type, value }: { readonly type: string; readonly value: unknown }): OscValue {
  if (type === 'bang') return true
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/** A message to be sent: how its values are typed, a letter each, and the values. */
export type OscOut = {
  readonly address: string
  /** i: a 32-bit integer, f: a float, s: a text. */
  readonly types: string
  readonly values: readonly (number | string)[]
}

/** A moment as NTP has it: seconds from 1900, and 2⁻³² parts of one. */
export type TimeTag = readonly [seconds: number, fraction: number]

/** The time tag that says at once. */
export const atOnce: TimeTag = [0, 1]

/** The time tag of a moment in milliseconds from 1970. */
export function timeTag(unixMs: number): TimeTag {
  const seconds = Math.floor(unixMs / 1000)
  const fraction = Math.floor((unixMs / 1000 - seconds) * 2 ** 32)
  return [seconds + secondsTo1970, fraction]
}

/** The moment of a time tag, in milliseconds from 1970. */
export function unixMsOf([seconds, fraction]: TimeTag): number {
  return 1000 * (seconds - secondsTo1970 + fraction / 2 ** 32)
}

const secondsTo1970 = 2_208_988_800

/** The bytes of messages: one as it is, or any number in a bundle with a time. */
export function writeOsc(messages: readonly OscOut[], time?: TimeTag): Uint8Array {
  const elements = messages.map(({ address, types, values }) => ({
    address,
    args: values.map((value, index) => argument(types[index], value)),
  }))
  const [only] = elements
  const packet =
    only && elements.length === 1 && !time ? only : { timetag: [...(time ?? atOnce)] as [number, number], elements }
  const { buffer, byteOffset, byteLength } = toBuffer(packet)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

const types: Readonly<Record<string, 'integer' | 'float' | 'string'>> = { i: 'integer', f: 'float', s: 'string' }

function argument(letter: string | undefined, value: number | string): OscArgInput {
  const type = types[letter ?? ''] ?? 'string'
  // A text ends with the first zero.
  return { type, value: typeof value === 'string' ? value.replaceAll('\0', ' ') : value } as OscArgInput
}
