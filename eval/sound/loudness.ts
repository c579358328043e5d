import type { Wave } from '../../src/io/wav.ts'
import type { Seconds } from '../../src/timing/index.ts'

/** Blocks of the gate: 400 ms, a new one each 100 ms. */
const block: Seconds = 0.4
const hop: Seconds = 0.1

/** In LUFS: softer blocks count as silence. */
const silence = -70

/** In LU: blocks that are so much softer than the rest count as rests. */
const rest = -10

/**
 * The loudness of a programme, in LUFS: ITU-R BS.1770-4, gated. −∞ where nothing is to be heard.
 *
 * @param wave one channel or two.
 */
export function integratedLoudness({ channels, sampleRate }: Wave): number {
  const powers = blockPowers(channels, sampleRate)
  const loud = powers.filter((power) => lufs(power) > silence)
  const gate = lufs(mean(loud)) + rest
  return lufs(mean(loud.filter((power) => lufs(power) > gate)))
}

/** How loud a stroke or note is, in LUFS: its loudest stretch of so many seconds. */
export function strokeLoudness({ channels, sampleRate }: Wave, seconds: Seconds): number {
  const length = Math.round(seconds * sampleRate)
  const heard = channels.map((channel) => kWeighted(channel, sampleRate))
  let [power, most] = [0, 0]
  for (let at = 0; at < (heard[0]?.length ?? 0); at++) {
    for (const channel of heard) {
      const [now, before] = [channel[at] ?? 0, channel[at - length] ?? 0]
      power += now * now - before * before
    }
    most = Math.max(most, power / length)
  }
  return lufs(most)
}

const lufs = (power: number) => 10 * Math.log10(power) - 0.691

const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0

/** The power that the ear hears in each block, all channels together. */
function blockPowers(channels: readonly Float32Array[], sampleRate: number): readonly number[] {
  const [length, step] = [block, hop].map((seconds) => Math.round(seconds * sampleRate)) as [number, number]
  const count = Math.max(0, Math.floor(((channels[0]?.length ?? 0) - length) / step) + 1)
  const powers = new Array<number>(count).fill(0)
  for (const channel of channels) {
    const heard = kWeighted(channel, sampleRate)
    for (let index = 0; index < count; index++) {
      let sum = 0
      for (let at = index * step; at < index * step + length; at++) sum += (heard[at] as number) ** 2
      powers[index] = (powers[index] as number) + sum / length
    }
  }
  return powers
}

/** What the ear makes of a channel: the two filters of BS.1770, at any sample rate. */
function kWeighted(samples: Float32Array, rate: number): Float32Array {
  return filtered(filtered(samples, headShelf(rate)), highPass(rate))
}

type Coefficients = readonly [b0: number, b1: number, b2: number, a1: number, a2: number]

function headShelf(rate: number): Coefficients {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate)
  const q = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / q + k * k
  return [
    (high + (band * k) / q + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (band * k) / q + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / q + k * k) / a0,
  ]
}

function highPass(rate: number): Coefficients {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate)
  const q = 0.5003270373238773
  const a0 = 1 + k / q + k * k
  return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0]
}

function filtered(samples: Float32Array, [b0, b1, b2, a1, a2]: Coefficients): Float32Array {
  let [z1, z2] = [0, 0]
  return samples.map((x) => {
    const y = b0 * x + z1
    z1 = b1 * x - a1 * y + z2
    z2 = b2 * x - a2 * y
    return y
  })
}
