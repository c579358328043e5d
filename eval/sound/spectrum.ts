import type { Wave } from '../../src/io/wav.ts'

/** The middles of the octaves that are measured, in hertz. */
export const octaves = [63, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000] as const

/** A power of two: at 48 kHz a window of 85 ms. */
const size = 4096

/** How the power of a sound is spread over the octaves: in dB against all of it. */
export function octaveBands({ channels, sampleRate }: Wave): readonly number[] {
  const power = new Float64Array(size / 2)
  for (const channel of channels) {
    for (let from = 0; from + size <= channel.length; from += size / 2)
      addPower(channel.subarray(from, from + size), power)
  }
  const all = power.reduce((sum, each) => sum + each, 0)
  return octaves.map((middle) => {
    const [low, high] = [middle / Math.SQRT2, middle * Math.SQRT2].map((hertz) => (hertz * size) / sampleRate)
    let sum = 0
    for (const [bin, each] of power.entries()) if (bin >= (low as number) && bin < (high as number)) sum += each
    return 10 * Math.log10(sum / all)
  })
}

/** How alike the two sides are, from −1 to 1: 1 is mono. */
export function correlation({ channels: [left, right] }: Wave): number {
  let [both, ofLeft, ofRight] = [0, 0, 0]
  for (const [at, l] of (left ?? new Float32Array()).entries()) {
    const r = right?.[at] ?? 0
    both += l * r
    ofLeft += l * l
    ofRight += r * r
  }
  return both / Math.sqrt(ofLeft * ofRight)
}

/** Adds the power spectrum of a window of sound. */
function addPower(samples: Float32Array, power: Float64Array): void {
  const real = Float64Array.from(samples, (x, at) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size)))
  const imaginary = new Float64Array(size)
  transform(real, imaginary)
  for (const bin of power.keys()) {
    power[bin] = (power[bin] as number) + (real[bin] as number) ** 2 + (imaginary[bin] as number) ** 2
  }
}

/** Fourier's transform, in place (Cooley and Tukey 1965). The length is a power of two. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length
  for (let at = 1, mirrored = 0; at < length; at++) {
    let bit = length >> 1
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit
    mirrored ^= bit
    if (at < mirrored) for (const part of [real, imaginary]) swap(part, at, mirrored)
  }
  for (let half = 1; half < length; half *= 2) {
    for (let step = 0; step < half; step++) {
      const angle = (-Math.PI * step) / half
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      for (let at = step; at < length; at += 2 * half) {
        const [x, y] = [real[at + half] as number, imaginary[at + half] as number]
        const [turnedX, turnedY] = [cos * x - sin * y, sin * x + cos * y]
        real[at + half] = (real[at] as number) - turnedX
        imaginary[at + half] = (imaginary[at] as number) - turnedY
        real[at] = (real[at] as number) + turnedX
        imaginary[at] = (imaginary[at] as number) + turnedY
      }
    }
  }
}

function swap(values: Float64Array, one: number, other: number): void {
  ;[values[one], values[other]] = [values[other] as number, values[one] as number]
}
