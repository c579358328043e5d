/** What tests measure on rendered sound: one channel, numbers from -1 to 1. */
export type Samples = Float32Array

/** The largest sample. */
export function peak(samples: Samples): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
}

/** The root of the mean square. */
export function rms(samples: Samples): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
}

/** The largest difference of two samples side by side: a click is one that is larger than the sound around it. */
export function largestStep(samples: Samples): number {
  let most = 0
  for (let at = 1; at < samples.length; at++) {
    most = Math.max(most, Math.abs((samples[at] as number) - (samples[at - 1] as number)))
  }
  return most
}

/** Where it first is louder than silence, from a place on. */
export function onset(samples: Samples, from = 0): number {
  const at = samples.subarray(from).findIndex((sample) => Math.abs(sample) > 1e-4)
  return at < 0 ? -1 : from + at
}

/** How far an ideal filter looks to both sides, in samples. */
const reach = 24

/** The filters for the four places between two samples: a sinc in a Hann window. */
const between = [0, 0.25, 0.5, 0.75].map((place) =>
  Float64Array.from({ length: 2 * reach }, (_, index) => {
    const x = place - (index + 1 - reach)
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    return sinc * Math.cos((Math.PI * x) / (2 * reach + 1)) ** 2
  }),
)

/** The largest value of the wave between the samples, four times as many of them (ITU-R BS.1770-4, annex 2). */
export function truePeak(samples: Samples): number {
  let most = 0
  for (let at = 0; at + 2 * reach <= samples.length; at++) {
    for (const taps of between) {
      let value = 0
      for (let tap = 0; tap < 2 * reach; tap++) value += (samples[at + tap] as number) * (taps[tap] as number)
      most = Math.max(most, Math.abs(value))
    }
  }
  return most
}

/** How strong a frequency is, as the amplitude of its sine. */
export function strengthAt(samples: Samples, hertz: number, sampleRate: number): number {
  let [real, imaginary] = [0, 0]
  for (const [at, sample] of samples.entries()) {
    const angle = (2 * Math.PI * hertz * at) / sampleRate
    const window = 1 - Math.cos((2 * Math.PI * at) / samples.length)
    real += window * sample * Math.cos(angle)
    imaginary += window * sample * Math.sin(angle)
  }
  return (2 * Math.hypot(real, imaginary)) / samples.length
}
