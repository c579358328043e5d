import { seeded } from '../models/index.ts'

/** Sound as numbers from -1 to 1, a channel each, all of one length. */
export type Wave = { readonly channels: readonly Float32Array[]; readonly sampleRate: number }

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
