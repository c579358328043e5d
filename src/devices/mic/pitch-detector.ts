import { PitchDetector as McLeodDetector } from 'pitchy'
import type { Seconds } from '../../timing/index.ts'

/** What is found in a hop of some milliseconds. */
export type Reading = {
  /** The loudest sample: 1 is full scale. */
  readonly level: number
  /** A MIDI pitch with its fraction; null where there is no clear one. */
  readonly pitch: number | null
  /** How long the stretch is, up to the hop's end, in which the pitch was found; 0 where there is none. */
  readonly stretch: Seconds
}

/** Finds the pitch in samples, hop by hop. */
export type PitchDetector = {
  /** How long a hop is. */
  readonly hop: Seconds
  /** The readings of the hops that end in these samples; the rest waits for more. */
  listen(samples: Float32Array): Reading[]
}

/** What is softer, as the loudest sample, is silence: 50 dB below full scale. */
export const gate = 0.003

const hopSeconds: Seconds = 0.005

/**
 * A pitch is looked for in short stretches first, for what is found there is newest; low pitches need long ones, but only
 * every second sample.
 */
const stretches: readonly { readonly seconds: Seconds; readonly every: 1 | 2 }[] = [
  { seconds: 0.021, every: 1 },
  { seconds: 0.042, every: 2 },
  { seconds: 0.084, every: 2 },
]

/** A stretch in which a wave repeats less often says little about it. */
const fewestPeriods = 3

/** From which clarity on, of 1, a pitch is one: noise and two notes at once are below. */
const clear = 0.9

/** Of the periods at which a wave resembles itself, the first counts that does so nearly as much as the best. */
const nearlyBest = 0.85

/** The highest pitch that is looked for: the end of the fourth octave above middle C. */
const highestHertz = 4200

/** Makes a detector, by the McLeod pitch method (McLeod and Wyvill, ICMC 2005). */
export function createPitchDetector(sampleRate: number): PitchDetector {
  const hopLength = Math.round(hopSeconds * sampleRate)
  const detectors = stretches.map(({ seconds, every }) => {
    const rate = sampleRate / every
    const detector = McLeodDetector.forFloat32Array(2 ** Math.round(Math.log2(seconds * rate)))
    detector.clarityThreshold = nearlyBest
    return { detector, rate, every }
  })
  const longest = Math.max(...detectors.map(({ detector, every }) => every * detector.inputLength))
  /** The newest samples, the latest last. */
  const latest = new Float32Array(longest)
  /** Of each two of them the mean. */
  const halved = new Float32Array(longest / 2)
  /** How much of the next hop is there. */
  let filled = 0

  const halve = () => {
    for (let at = 0; at < halved.length; at++) {
      halved[at] = ((latest[2 * at] as number) + (latest[2 * at + 1] as number)) / 2
    }
  }
  const read = (): Reading => {
    const level = latest.subarray(-hopLength).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    if (level < gate) return { level, pitch: null, stretch: 0 }
    halve()
    for (const { detector, rate, every } of detectors) {
      const length = detector.inputLength
      const [hertz, clarity] = detector.findPitch((every === 2 ? halved : latest).subarray(-length), rate)
      if (clarity < clear || hertz * length < fewestPeriods * rate || hertz > highestHertz) continue
      return { level, pitch: 69 + 12 * Math.log2(hertz / 440), stretch: length / rate }
    }
    return { level, pitch: null, stretch: 0 }
  }
  return {
    hop: hopLength / sampleRate,
    listen(samples) {
      const readings: Reading[] = []
      for (let from = 0; from < samples.length; ) {
        const more = samples.subarray(from, from + hopLength - filled)
        latest.copyWithin(0, more.length)
        latest.set(more, longest - more.length)
        from += more.length
        filled += more.length
        if (filled < hopLength) continue
        filled = 0
        readings.push(read())
      }
      return readings
    },
  }
}
