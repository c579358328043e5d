import { seeded } from '../../src/models/index.ts'
import { peak, type Sound } from './sound.ts'

/** More or less from a frequency up, in dB: a shelf of 12 dB an octave (Bristow-Johnson's cookbook). */
export function shelved({ samples, rate }: Sound, hertz: number, decibels: number): Sound {
  const a = 10 ** (decibels / 40)
  const angle = (2 * Math.PI * hertz) / rate
  const cos = Math.cos(angle)
  const slope = 2 * Math.sqrt(a) * (Math.sin(angle) / Math.SQRT2)
  const a0 = a + 1 - (a - 1) * cos + slope
  return filtered({ samples, rate }, [
    (a * (a + 1 + (a - 1) * cos + slope)) / a0,
    (-2 * a * (a - 1 + (a + 1) * cos)) / a0,
    (a * (a + 1 + (a - 1) * cos - slope)) / a0,
    (2 * (a - 1 - (a + 1) * cos)) / a0,
    (a + 1 - (a - 1) * cos - slope) / a0,
  ])
}

/** Nothing under a frequency: 12 dB an octave. */
export function highs({ samples, rate }: Sound, hertz: number): Sound {
  const angle = (2 * Math.PI * hertz) / rate
  const cos = Math.cos(angle)
  const slope = Math.sin(angle) / Math.SQRT2
  const a0 = 1 + slope
  const gain = (1 + cos) / 2 / a0
  return filtered({ samples, rate }, [gain, -2 * gain, gain, (-2 * cos) / a0, (1 - slope) / a0])
}

function filtered(
  { samples, rate }: Sound,
  [b0, b1, b2, a1, a2]: readonly [number, number, number, number, number],
): Sound {
  let [z1, z2] = [0, 0]
  const heard = samples.map((x) => {
    const y = b0 * x + z1
    z1 = b1 * x - a1 * y + z2
    z2 = b2 * x - a2 * y
    return y
  })
  return { samples: heard, rate }
}

/** Two recordings of one stroke, peak against peak, from their onsets on. */
export function together(one: Sound, other: Sound, share: number): Sound {
  const [a, b] = [atOnset(one), atOnset(other)]
  const [most, least] = [peak(a), peak(b)]
  const length = Math.max(a.length, b.length)
  const samples = Float32Array.from({ length }, (_, at) => (a[at] ?? 0) / most + (share * (b[at] ?? 0)) / least)
  return { samples, rate: one.rate }
}

function atOnset({ samples }: Sound): Float32Array {
  return samples.subarray(Math.max(0, onsetOf(samples)))
}

/** The first sample of a twentieth of the peak. */
function onsetOf(samples: Float32Array): number {
  const most = peak(samples)
  return samples.findIndex((x) => Math.abs(x) > 0.05 * most)
}

/** Rounded as by a tape that is driven: what is soft comes up against the peaks, with some overtones of its own. */
export function driven({ samples, rate }: Sound, drive: number): Sound {
  const most = peak(samples)
  return { samples: samples.map((x) => Math.tanh((drive * x) / most)), rate }
}

/**
 * Another stroke on the same metal: it brings out other ones of its many tones. They are as one hears them from another
 * place a hand's breadth away, which a few milliseconds of echo at random are.
 */
export function again({ samples, rate }: Sound, seed: number): Sound {
  const random = seeded(seed)
  const echo = Array.from({ length: Math.round(0.006 * rate) }, (_, at) => {
    const noise = random.next() + random.next() + random.next() - 1.5
    return at === 0 ? 1 : 0.11 * noise * Math.exp(-at / (0.0018 * rate))
  })
  const other = samples.map((_, at) => {
    let sum = 0
    for (const [tap, weight] of echo.entries()) sum += weight * (samples[at - tap] ?? 0)
    return sum
  })
  return { samples: other, rate }
}

/**
 * A tine struck harder: it comes closer to its pickup, whose field is not even, so the tone gets a second partial and
 * bites at its beginning.
 */
export function biting({ samples, rate }: Sound): Sound {
  const most = peak(samples)
  let mean = 0
  const bitten = samples.map((x) => {
    const near = x / most
    const bent = near + 0.9 * near * near + 0.4 * near ** 3
    mean += 0.002 * (bent - mean)
    return most * (bent - mean)
  })
  return { samples: bitten, rate }
}

/** A vibraphone with its motor on: the discs under the bars turn about five times a second. */
export function turning({ samples, rate }: Sound): Sound {
  const share = (at: number) => 0.8 + 0.2 * Math.cos((2 * Math.PI * 5.2 * at) / rate)
  return { samples: samples.map((x, at) => share(at) * x), rate }
}

/** From half a millisecond before the onset on, as long as anything is to be heard; faded at both ends, full scale. */
export function trimmed({ samples, rate }: Sound, seconds: number): Sound {
  const most = peak(samples)
  const onset = onsetOf(samples)
  const rise = Math.round(0.0005 * rate)
  const from = Math.max(0, onset - rise)
  const last = samples.findLastIndex((x) => Math.abs(x) > 0.001 * most)
  const length = Math.min(last + 1 - from, Math.round(seconds * rate))
  const fall = Math.round(0.3 * length)
  const kept = samples.slice(from, from + length).map((x, at) => {
    const begins = Math.min(1, (at + 1) / (onset - from + 1))
    const ends = Math.min(1, (length - 1 - at) / fall)
    return (0.89 / most) * x * begins * ends * ends
  })
  return { samples: kept, rate }
}
