import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWav } from '../../test/decode-wav.ts'
import { encodeWav } from './wav.ts'

const wave = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 8000, max: 96_000 }))
  .chain(([channels, frames, sampleRate]) => {
    const sample = fc.float({ min: -1, max: 1, noNaN: true })
    const channel = fc
      .array(sample, { minLength: frames, maxLength: frames })
      .map((samples) => new Float32Array(samples))
    return fc.record({
      channels: fc.array(channel, { minLength: channels, maxLength: channels }),
      sampleRate: fc.constant(sampleRate),
    })
  })

describe('a WAV file', () => {
  it.each([
    [16, 2.5 / 2 ** 15],
    [24, 1.5 / 2 ** 23],
  ] as const)('of %d bits gives back what was written, to the last bit or its dither', (bits, most) => {
    fc.assert(
      fc.property(wave, ({ channels, sampleRate }) => {
        const read = decodeWav(encodeWav({ channels, sampleRate }, bits))
        expect(read.sampleRate).toBe(sampleRate)
        expect(read.channels).toHaveLength(channels.length)
        for (const [index, channel] of channels.entries()) {
          const back = read.channels[index] as Float32Array
          expect(back).toHaveLength(channel.length)
          for (const [at, sample] of channel.entries())
            expect(Math.abs((back[at] as number) - sample)).toBeLessThan(most)
        }
      }),
    )
  })

  it('is written the same each time, and never wraps around', () => {
    const channels = [Float32Array.of(2, -2, 1, -1)]
    const file = encodeWav({ channels, sampleRate: 44_100 }, 16)
    expect(encodeWav({ channels, sampleRate: 44_100 }, 16)).toEqual(file)
    const [read] = decodeWav(file).channels
    expect(read?.map(Math.round)).toEqual(Float32Array.of(1, -1, 1, -1))
  })

  it('is dithered at 16 bits: a tone below the last bit is still there, as a mean', () => {
    const quiet = Float32Array.from({ length: 20_000 }, () => 0.3 / 2 ** 15)
    const [read] = decodeWav(encodeWav({ channels: [quiet], sampleRate: 44_100 }, 16)).channels
    const mean = (read as Float32Array).reduce((sum, sample) => sum + sample, 0) / quiet.length
    expect(mean * 2 ** 15).toBeCloseTo(0.3, 1)
  })
})
