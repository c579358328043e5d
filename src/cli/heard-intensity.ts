import type { ArrangedMeasure } from '../band/index.ts'
import { type Beats, measureBeats, type Note } from '../music/index.ts'

/** What the band hears is what was played in so many measures before. */
const memory = 2

/** So many notes a beat are as dense as a solo gets; velocities from the softest to the loudest. */
const densest = 3
const [softest, loudest] = [40, 112]

/** How much is going on in each measure, from 0 to 1: as was asked for, and more or less as the solo before it went. */
export function heardIntensities(solo: readonly Note[], measures: readonly ArrangedMeasure[], asked: number): number[] {
  return measures.map(({ start, now }) => {
    const span = memory * measureBeats(now.metre)
    const heard = energyOf(solo, start - span, start)
    return Math.min(1, Math.max(0, asked + (start < span / 2 ? 0 : 0.9 * (heard - 0.45))))
  })
}

function energyOf(solo: readonly Note[], from: Beats, to: Beats): number {
  const notes = solo.filter(({ beat }) => beat >= from && beat < to)
  if (notes.length === 0) return 0.15
  const density = Math.min(1, notes.length / (densest * (to - from)))
  const loudness = notes.reduce((sum, { velocity }) => sum + velocity, 0) / notes.length
  return 0.55 * density + 0.45 * Math.min(1, Math.max(0, (loudness - softest) / (loudest - softest)))
}
