import { PitchDetector } from 'pitchy'
import type { Seconds } from '../../timing/index.ts'

/** What is heard in a hop of some milliseconds. */
type Reading = {
  /** The loudest sample: 1 is full scale. */
  readonly level: number
  /** A MIDI pitch with its fraction; null where there is no clear one. */
  readonly pitch: number | null
  /** How long the stretch is, up to the hop's end, that the pitch was found in. */
  readonly stretch: Seconds
}

const hopSeconds: Seconds = 0.005
const stretches: readonly Seconds[] = [0.021, 0.042, 0.084]
const fewestPeriods = Number((globalThis as any).process?.env?.FP ?? 3)
const E = (globalThis as any).process?.env ?? {}
const clearFrom = Number(E.CL ?? 0.93)
const firstFrom = Number(E.K ?? 0.9)
const gate = 0.003

export type Ear = { readonly hop: Seconds; hear(samples: Float32Array): Reading[] }

export function createEar(sampleRate: number): Ear {
  const hopLength = Math.round(hopSeconds * sampleRate)
  const detectors = stretches.map((seconds) => {
    const detector = PitchDetector.forFloat32Array(2 ** Math.round(Math.log2(seconds * sampleRate)))
    detector.clarityThreshold = firstFrom
    return detector
  })
  const longest = detectors.at(-1)?.inputLength ?? 0
  const heard = new Float32Array(longest)
  let filled = 0
  const read = (): Reading => {
    const level = heard.subarray(longest - hopLength).reduce((most, each) => Math.max(most, Math.abs(each)), 0)
    if (level > gate)
      for (const detector of detectors) {
        const length = detector.inputLength
        const [hertz, clarity] = detector.findPitch(heard.subarray(longest - length), sampleRate)
        const periods = (hertz * length) / sampleRate
        if (clarity >= clearFrom && periods >= fewestPeriods && hertz < 2500)
          return { level, pitch: 69 + 12 * Math.log2(hertz / 440), stretch: length / sampleRate }
      }
    return { level, pitch: null, stretch: 0 }
  }
  return {
    hop: hopLength / sampleRate,
    hear(samples) {
      const readings: Reading[] = []
      for (let from = 0; from < samples.length; ) {
        const to = Math.min(samples.length, from + hopLength - filled)
        heard.copyWithin(0, to - from)
        heard.set(samples.subarray(from, to), longest - (to - from))
        filled += to - from
        from = to
        if (filled === hopLength) {
          filled = 0
          readings.push(read())
        }
      }
      return readings
    },
  }
}
