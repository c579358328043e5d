import type { Drum } from '../music/index.ts'
import { type DrumHit, type Groove, grooveSteps, sortHits, type TouchedGroove } from './groove.ts'

/** How fast drums go by the music's beat. */
export const drumTimes = ['normal', 'half', 'double'] as const

/** How fast drums go by the music's beat. */
export type DrumTime = (typeof drumTimes)[number]

/** What keeps the time goes on as it was: half time and double time are felt against it. */
const timekeepers: ReadonlySet<Drum> = new Set(['closed-hat', 'open-hat', 'ride', 'crash'])

/**
 * A groove in half time, where what was played in one measure takes two, or in double time, where it takes half of one. Hat
 * and cymbals keep the time as before. Double time leaves out what would fall between the steps.
 */
export function inDrumTime(groove: TouchedGroove, time: DrumTime): TouchedGroove {
  const { plain, felt } = groove
  const length = plain.measures * grooveSteps(plain)
  if (time === 'normal' || length % 2 === 1) return groove
  const moved = (groove: Groove): Groove => {
    const hits = groove.hits.flatMap((hit): DrumHit[] => {
      if (hit.step < 0 || timekeepers.has(hit.drum)) return [hit]
      if (time === 'half') return 2 * hit.step < length ? [{ ...hit, step: 2 * hit.step }] : []
      if (hit.step % 2 === 1) return []
      return [
        { ...hit, step: hit.step / 2 },
        { ...hit, step: hit.step / 2 + length / 2 },
      ]
    })
    return { ...groove, hits: sortHits(hits) }
  }
  return { plain: moved(plain), felt: moved(felt) }
}
