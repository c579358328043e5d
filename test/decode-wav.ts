import type { Wave } from '../src/io/wav.ts'

/**
 * Reads a WAV file of 16 or 24 bits.
 *
 * @throws RangeError for any other.
 */
export function decodeWav(file: Uint8Array): Wave {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const text = (at: number) => String.fromCharCode(...file.subarray(at, at + 4))
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE') throw new RangeError('There is no WAV file.')
  let format: { channels: number; sampleRate: number; bits: number } | null = null
  for (let at = 12; at + 8 <= file.length; ) {
    const size = view.getUint32(at + 4, true)
    const from = at + 8
    if (text(at) === 'fmt ') {
      if (view.getUint16(from, true) !== 1) throw new RangeError('The file is compressed.')
      const [channels, bits] = [view.getUint16(from + 2, true), view.getUint16(from + 14, true)]
      format = { channels, sampleRate: view.getUint32(from + 4, true), bits }
    } else if (text(at) === 'data' && format) {
      if (from + size !== file.length) throw new RangeError('The samples do not end where the file does.')
      return samples(view, from, format)
    }
    at = from + size + (size % 2)
  }
  throw new RangeError('The file has no samples.')
}

function samples(
  view: DataView,
  from: number,
  { channels, sampleRate, bits }: { channels: number; sampleRate: number; bits: number },
): Wave {
  if (bits !== 16 && bits !== 24) throw new RangeError(`The file has ${bits} bits.`)
  const bytes = bits / 8
  const length = (view.byteLength - from) / bytes / channels
  const sample = (at: number) =>
    bits === 16 ? view.getInt16(at, true) : view.getUint16(at, true) + 65_536 * view.getInt8(at + 2)
  const channel = (index: number) =>
    Float32Array.from({ length }, (_, frame) => sample(from + (frame * channels + index) * bytes) / 2 ** (bits - 1))
  return { channels: Array.from({ length: channels }, (_, index) => channel(index)), sampleRate }
}
