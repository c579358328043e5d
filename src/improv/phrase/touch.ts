import type { Random } from '../../models/index.ts'
import { clampVelocity, type Velocity } from '../../music/index.ts'
import type { Loudness } from './heard-line.ts'

/** No note is softer, or louder, and none is further from the middle, in spreads. */
const [softest, loudest] = [20, 120]
const furthest = 2.5

/** The velocity of a note, from how many spreads it is louder than the middle. */
export function velocityOf(loudness: number, { middle, spread }: Loudness): Velocity {
  const near = Math.max(-furthest, Math.min(furthest, loudness))
  return clampVelocity(Math.min(loudest, Math.max(softest, middle + spread * near)))
}

/** A draw from a Laplace distribution of scale 1. */
export function laplace(random: Random): number {
  const drawn = random.next() - 0.5
  return -Math.sign(drawn) * Math.log(1 - 2 * Math.abs(drawn) * 0.999)
}
