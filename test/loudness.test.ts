import { describe, expect, it } from 'vitest'
import { integratedLoudness } from '../eval/sound/loudness.ts'
import { correlation, octaveBands } from '../eval/sound/spectrum.ts'
import { truePeak } from './waves.ts'

const sampleRate = 48_000

/** A sine for some seconds, at a peak level in dB of full scale. */
function sine(decibels: number, seconds: number, hertz = 997, phase = 0): Float32Array {
  return Float32Array.from(
    { length: seconds * sampleRate },
    (_, at) => 10 ** (decibels / 20) * Math.sin((2 * Math.PI * hertz * at) / sampleRate + phase),
  )
}

function stereo(...parts: readonly Float32Array[]): { channels: Float32Array[]; sampleRate: number } {
  const channel = Float32Array.from(parts.flatMap((part) => [...part]))
  return { channels: [channel, channel], sampleRate }
}

/** The cases of EBU Tech 3341 for two channels. */
describe('integrated loudness', () => {
  it.each([-23, -33])('of a sine at %d dBFS on both sides is as many LUFS', (decibels) => {
    expect(integratedLoudness(stereo(sine(decibels, 5, 1000)))).toBeCloseTo(decibels, 1)
  })

  it('leaves out what is much softer than the rest', () => {
    const gated = stereo(
      sine(-72, 2, 1000),
      sine(-36, 2, 1000),
      sine(-23, 12, 1000),
      sine(-36, 2, 1000),
      sine(-72, 2, 1000),
    )
    expect(Math.abs(integratedLoudness(gated) + 23)).toBeLessThan(0.1)
  })

  it('is the same at another sample rate', () => {
    const channel = Float32Array.from(
      { length: 5 * 44_100 },
      (_, at) => 0.1 * Math.sin((2 * Math.PI * 1000 * at) / 44_100),
    )
    expect(integratedLoudness({ channels: [channel, channel], sampleRate: 44_100 })).toBeCloseTo(-20, 1)
  })

  it('of silence is minus infinity', () => {
    expect(integratedLoudness(stereo(new Float32Array(sampleRate)))).toBe(Number.NEGATIVE_INFINITY)
  })
})

it('finds the peak between the samples', () => {
  // A quarter of the sample rate, sampled beside its peaks: the samples reach 0.7, the wave 1.
  expect(truePeak(sine(0, 0.1, sampleRate / 4, Math.PI / 4))).toBeCloseTo(1, 1)
})

it('finds the octave of a sine, and how alike two sides are', () => {
  const bands = octaveBands(stereo(sine(-6, 1, 1000)))
  expect(bands[4]).toBeCloseTo(0, 1)
  expect(bands[8]).toBeLessThan(-60)
  const sides = (phase: number) => ({ channels: [sine(0, 1), sine(0, 1, 997, phase)], sampleRate })
  expect(correlation(sides(0))).toBeCloseTo(1)
  expect(correlation(sides(Math.PI / 2))).toBeCloseTo(0)
  expect(correlation(sides(Math.PI))).toBeCloseTo(-1)
})
