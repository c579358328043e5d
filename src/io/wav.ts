import { seeded } from '../models/index.ts'

/** Sound as numbers from -1 to 1, a channel each, all of one length. */
export type Wave = { readonly channels: readonly Float32Array[]; readonly sampleRate: number }

/** A WAV file can't be read; the message is the rest of a sentence that begins with its name. */
export class WavError extends Error {
  override name = 'WavError'
}

const headBytes = 44

/** Of a sample. */
type WavBits = 16 | 24

/** What a WAV file says of itself. */
type WavFormat = { readonly channels: number; readonly frames: number; readonly sampleRate: number }

/**
 * Writes a WAV file. Sixteen bits are dithered, so that what fades out ends in a breath of noise and not in crumbs.
 *
 * @param bits a sample has.
 */
export function encodeWav({ channels, sampleRate }: Wave, bits: WavBits): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0
  const file = new Uint8Array(headBytes + (frames * channels.length * bits) / 8)
  file.set(wavHead({ channels: channels.length, frames, sampleRate }, bits))
  createWavWriter(bits)(channels, file.subarray(headBytes))
  return file
}

/**
 * Writes the samples of a WAV file piece by piece; together with its head that is the file.
 *
 * @returns what writes the next piece.
 */
export function createWavWriter(
  bits: WavBits,
): (channels: readonly Float32Array[], into?: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> {
  const bytes = bits / 8
  const scale = 2 ** (bits - 1)
  const random = seeded(0)
  return (channels, into = new Uint8Array((channels[0]?.length ?? 0) * channels.length * bytes)) => {
    const frames = channels[0]?.length ?? 0
    const view = new DataView(into.buffer, into.byteOffset)
    let at = 0
    for (let frame = 0; frame < frames; frame++) {
      for (const channel of channels) {
        const dither = bits === 16 ? random.next() - random.next() : 0
        const level = Math.round(scale * (channel[frame] as number) + dither)
        const value = Math.max(-scale, Math.min(scale - 1, level))
        if (bits === 16) view.setInt16(at, value, true)
        else {
          view.setUint16(at, value & 0xffff, true)
          view.setInt8(at + 2, value >> 16)
        }
        at += bytes
      }
    }
    return into
  }
}

/** How a WAV file begins: what stands before its samples. */
export function wavHead({ channels, frames, sampleRate }: WavFormat, bits: WavBits): Uint8Array<ArrayBuffer> {
  const bytes = bits / 8
  const size = frames * channels * bytes
  const view = new DataView(new ArrayBuffer(headBytes))
  const text = (at: number, word: string) => {
    for (let index = 0; index < word.length; index++) view.setUint8(at + index, word.charCodeAt(index))
  }
  text(0, 'RIFF')
  view.setUint32(4, headBytes - 8 + size, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * channels * bytes, true)
  view.setUint16(32, channels * bytes, true)
  view.setUint16(34, bits, true)
  text(36, 'data')
  view.setUint32(40, size, true)
  return new Uint8Array(view.buffer)
}

/**
 * Reads a WAV file of 16 or 24 bits.
 *
 * @throws WavError that says what is wrong with it.
 */
export function decodeWav(file: Uint8Array): Wave {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const text = (at: number) => String.fromCharCode(...file.subarray(at, at + 4))
  if (file.length < 12 || text(0) !== 'RIFF' || text(8) !== 'WAVE') {
    throw new WavError('is no WAV file: choose another, or export it as WAV.')
  }
  let format: { channels: number; sampleRate: number; bits: number } | null = null
  for (let at = 12; at + 8 <= file.length; ) {
    const size = view.getUint32(at + 4, true)
    const from = at + 8
    if (text(at) === 'fmt ' && from + 16 <= file.length) {
      const [kind, channels, bits] = [0, 2, 14].map((offset) => view.getUint16(from + offset, true))
      if (kind !== 1 && kind !== 0xfffe) throw new WavError('is compressed: export it with 16 or 24 bits.')
      format = { channels: channels ?? 0, sampleRate: view.getUint32(from + 4, true), bits: bits ?? 0 }
    } else if (text(at) === 'data' && format) {
      return samples(view, from, Math.min(size, file.length - from), format)
    }
    at = from + size + (size % 2)
  }
  throw new WavError('breaks off before any sound: export it again.')
}

function samples(
  view: DataView,
  from: number,
  size: number,
  { channels, sampleRate, bits }: { channels: number; sampleRate: number; bits: number },
): Wave {
  if ((bits !== 16 && bits !== 24) || channels < 1) {
    throw new WavError(`has ${bits} bits and ${channels} channels: export it with 16 or 24 bits.`)
  }
  const bytes = bits / 8
  const frames = Math.floor(size / bytes / channels)
  const scale = 2 ** (bits - 1)
  const sample = (at: number) =>
    bits === 16 ? view.getInt16(at, true) : view.getUint16(at, true) + 65_536 * view.getInt8(at + 2)
  const channel = (index: number) =>
    Float32Array.from({ length: frames }, (_, frame) => sample(from + (frame * channels + index) * bytes) / scale)
  return { channels: Array.from({ length: channels }, (_, index) => channel(index)), sampleRate }
}
