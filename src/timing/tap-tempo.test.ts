import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Taps, tap, tappedTempo } from './tap-tempo.ts'

const taps = (...moments: number[]): Taps => moments.reduce<Taps>(tap, [])
const steady = (bpm: number, count: number, from = 10) =>
  Array.from({ length: count }, (_, index) => from + (index * 60) / bpm)

describe('tap tempo', () => {
  it('needs two taps', () => {
    expect(tappedTempo(taps())).toBeNull()
    expect(tappedTempo(taps(1))).toBeNull()
    expect(tappedTempo(taps(1, 1.5))).toEqual({ bpm: 120, downbeat: 1.5 })
  })

  it('finds the tempo of steady taps, and the last tap is the downbeat', () => {
    fc.assert(
      fc.property(fc.double({ min: 30, max: 300, noNaN: true }), fc.integer({ min: 2, max: 20 }), (bpm, count) => {
        const moments = steady(bpm, count)
        const tempo = tappedTempo(taps(...moments))
        expect(tempo?.bpm).toBeCloseTo(bpm, 6)
        expect(tempo?.downbeat).toBeCloseTo(moments.at(-1) as number, 6)
      }),
    )
  })

  it('is not moved by one late, early, missing or doubled tap', () => {
    const moments = steady(100, 7)
    const without = (index: number) => moments.filter((_, each) => each !== index)
    const moved = (index: number, by: number) => moments.map((at, each) => (each === index ? at + by : at))
    for (let index = 1; index < 6; index++) {
      for (const series of [moved(index, 0.12), moved(index, -0.12), without(index)]) {
        expect(tappedTempo(taps(...series))?.bpm).toBeCloseTo(100, 6)
      }
      const doubled = [...moments, (moments[index] as number) + 0.2].sort((a, b) => a - b)
      expect(tappedTempo(taps(...doubled))?.bpm).toBeCloseTo(100, 6)
    }
  })

  it('smooths a hand that shakes', () => {
    const shaking = steady(120, 8).map((at, index) => at + (index % 2 === 0 ? 0.015 : -0.015))
    expect(tappedTempo(taps(...shaking))?.bpm).toBeCloseTo(120, 0)
  })

  it('forgets after a pause, and when time runs backwards', () => {
    expect(taps(1, 1.5, 2, 9)).toEqual([9])
    expect(taps(5, 5.5, 2)).toEqual([2])
  })

  it('ignores a bounce', () => {
    expect(taps(1, 1.02, 1.5)).toEqual([1, 1.5])
  })

  it('follows a performer who changes tempo', () => {
    const slow = steady(90, 8, 0)
    const quick = steady(120, 9, slow.at(-1))
    expect(tappedTempo(taps(...slow, ...quick.slice(1)))?.bpm).toBeCloseTo(120, 6)
  })
})
