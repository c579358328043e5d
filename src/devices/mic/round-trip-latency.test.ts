import { describe, expect, it } from 'vitest'
import { runs, some } from '../../../test/runs.ts'
import { seeded } from '../../models/index.ts'
import { listeningSeconds, measuredLatency, tick, tickTimes } from './round-trip-latency.ts'

const sampleRate = 48_000

/** A room in which ticks come back after a while, so loud, with another sound in it. */
function room(way: number | null, level: number, other: (at: number) => number): Float32Array {
  const heard = Float32Array.from({ length: Math.round(listeningSeconds * sampleRate) }, (_, at) => other(at))
  for (const time of way === null ? [] : tickTimes) {
    const from = Math.round((time + (way as number)) * sampleRate)
    for (const [at, sample] of tick(sampleRate).entries()) {
      if (from + at < heard.length) heard[from + at] = (heard[from + at] as number) + level * sample
    }
  }
  return heard
}

const hiss = (level: number, seed = 1) => {
  const random = seeded(seed)
  return () => level * (2 * random.next() - 1)
}

/** Eighths of a bright string, which no sum of ticks removes altogether. */
const music = (level: number) => (at: number) => {
  const time = (at / sampleRate) % 0.25
  const waves = [1, 2, 3, 5, 8, 13].map((harmonic) => Math.sin(2 * Math.PI * 220 * harmonic * time) / harmonic)
  return level * Math.exp(-8 * time) * waves.reduce((sum, wave) => sum + wave)
}

describe('the way out to the loudspeaker and back', () => {
  it.each(some([0, 0.005, 0.0312, 0.25, 0.59]))('of %d s is found to the millisecond', (way) => {
    for (const heard of [room(way, 1, () => 0), room(way, 0.05, hiss(0.01)), room(way, 0.1, music(0.1))]) {
      expect(measuredLatency(heard, sampleRate)).toBeCloseTo(way, 3)
    }
  })

  it('is found by a microphone that turns the wave over', () => {
    expect(measuredLatency(room(0.04, -0.2, hiss(0.02)), sampleRate)).toBeCloseTo(0.04, 3)
  })

  it('is that of the first and loudest, not of the echoes', () => {
    const heard = room(0.02, 0.3, hiss(0.001))
    const echo = room(0.06, 0.15, () => 0)
    expect(
      measuredLatency(
        heard.map((sample, at) => sample + (echo[at] as number)),
        sampleRate,
      ),
    ).toBeCloseTo(0.02, 3)
  })

  it('is nothing where there are no ticks, whatever else there is', () => {
    const silent = [room(null, 0, () => 0), room(null, 0, music(0.5)), new Float32Array(0)]
    const noises = Array.from({ length: runs(12) }, (_, seed) => room(null, 0, hiss(0.3, seed)))
    const beeps = some([0.2, 0.25, 0.5, 1], 1).flatMap((every) =>
      some([0, 0.04, 0.11], 1).map((first) =>
        room(null, 0, (at) => {
          const time = at / sampleRate - first
          return time > 0 && time % every < 0.02 ? Math.sin(2 * Math.PI * 1800 * time) : 0
        }),
      ),
    )
    const knock = hiss(0.8)
    const knocks = room(null, 0, (at) => (at % 9000 < 200 ? knock() : 0))
    expect(
      new Set([...silent, ...noises, ...beeps, knocks].map((heard) => measuredLatency(heard, sampleRate))),
    ).toEqual(new Set([null]))
  })
})
