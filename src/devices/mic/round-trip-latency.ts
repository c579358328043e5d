import type { Seconds } from '../../timing/index.ts'

/** When the ticks are played that a way is measured by, after the first: no two of them are as far apart as others. */
export const tickTimes: readonly Seconds[] = [0, 0.23, 0.49, 0.7, 1.01, 1.28, 1.63, 1.86]

/** The longest way out and back: wireless headphones take 0.3 s. */
const longestWay: Seconds = 0.6

/** What has to be listened to, from the first tick on. */
export const listeningSeconds: Seconds = (tickTimes.at(-1) ?? 0) + longestWay + 0.1

const tickSeconds: Seconds = 0.012
const [lowestHertz, highestHertz] = [1500, 6000]

/** A resemblance is the tick's if it is this many times the root mean square of all others. */
const clear = 8

/** Less is nothing, however still the room is. */
const silence = 1e-4

/** What is near a resemblance is part of it, and of the room's answer. */
const near: Seconds = 0.03

/** A short sweep upwards: it resembles itself at one place only, and small loudspeakers and microphones pass it on. */
export function tick(sampleRate: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: Math.round(tickSeconds * sampleRate) }, (_, at) => {
    const share = at / (tickSeconds * sampleRate)
    const turns = tickSeconds * share * (lowestHertz + ((highestHertz - lowestHertz) * share) / 2)
    return 0.5 * Math.sin(2 * Math.PI * turns) * (1 - Math.cos(2 * Math.PI * share))
  })
}

/**
 * How long after they were played ticks are heard, in seconds; null where they are not.
 *
 * Music and noise are different after each tick and the ticks are alike: what was heard after each of them is added up,
 * and the place is looked for that resembles a tick most. It has to stand out, and to do so after nearly every tick.
 *
 * @param recording begins where the first tick was played.
 */
export function measuredLatency(recording: Float32Array, sampleRate: number): Seconds | null {
  const wanted = tick(sampleRate)
  const starts = tickTimes.map((time) => Math.round(time * sampleRate))
  const length = Math.round(longestWay * sampleRate)
  const together = new Float32Array(length + wanted.length)
  for (const start of starts) {
    for (let at = 0; at < together.length; at++) together[at] = (together[at] as number) + (recording[start + at] ?? 0)
  }
  const resemblances = Float32Array.from({ length }, (_, at) => Math.abs(resemblance(together, at, wanted)))
  const most = Math.max(...resemblances)
  const best = resemblances.indexOf(most)
  const others = resemblances.filter((_, at) => Math.abs(at - best) > near * sampleRate)
  const usual = Math.sqrt(others.reduce((sum, each) => sum + each * each, 0) / others.length)
  const each = starts.map((start) => resemblance(recording, start + best, wanted))
  return most > Math.max(clear * usual, silence) && areAlike(each) ? best / sampleRate : null
}

/** How much a stretch resembles what is wanted: below 0, upside down. */
function resemblance(samples: Float32Array, from: number, wanted: Float32Array): number {
  let sum = 0
  for (let at = 0; at < wanted.length; at++) sum += (wanted[at] as number) * (samples[from + at] ?? 0)
  return sum
}

/** Whether numbers differ less from each other than from nothing: what beeps by itself is not there after every tick. */
function areAlike(numbers: readonly number[]): boolean {
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length
  const variance = numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / numbers.length
  return mean ** 2 > 4 * variance
}
