import type { Device } from '../../runtime/index.ts'
import { beatAt } from '../../timing/index.ts'
import type { RecentNote } from '../stage.ts'

/** The last notes of the lead, for whoever draws them. */
export type RecentNotes = Required<Pick<Device, 'observe'>> & {
  list(): readonly RecentNote[]
  /** Forgets them: another performance begins. */
  reset(): void
}

/** A roll shows no more of the lead than this. */
const longest = 256

/** Follows the lead. */
export function createRecentNotes(): RecentNotes {
  let recent: readonly RecentNote[] = []
  let begunBefore = 0
  return {
    list: () => recent,
    observe({ at }, effects, { transport: { begun, timeline } }) {
      // The beats count from 0 again: those of the solo before mean nothing now.
      if (begun !== begunBefore) recent = []
      begunBefore = begun
      for (const effect of effects) {
        if ((effect.type !== 'sound' && effect.type !== 'stop') || effect.track !== 'lead') continue
        const beat = beatAt(timeline, at)
        if (effect.type === 'sound') {
          const { pitch, velocity, by } = effect
          recent = [...recent, { pitch, velocity, beat, beats: 1 / 8, by }].slice(-longest)
        } else {
          const last = recent.findLastIndex(({ pitch }) => pitch === effect.pitch)
          const note = recent[last]
          if (note) recent = recent.with(last, { ...note, beats: Math.max(1 / 8, beat - note.beat) })
        }
      }
    },
    reset() {
      recent = []
      begunBefore = 0
    },
  }
}
