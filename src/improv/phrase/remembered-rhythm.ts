import type { Metre } from '../../music/index.ts'
import type { Swing } from '../../timing/index.ts'
import type { PlayedNote, RhythmNote } from '../memory/index.ts'
import { phraseGrid } from './phrase-grid.ts'

/** What has been played, on the grid of a metre and its swing: as a phrase would have to be played to sound alike. */
export function rememberedRhythm(notes: readonly PlayedNote[], metre: Metre, swing: Swing): RhythmNote[] {
  const { pulse, nearest } = phraseGrid(metre, 0, swing)
  return notes.map(({ since, place, beats }, index) => {
    const before = notes[index - 1]
    const isLine = before !== undefined && since !== null
    return {
      phase: nearest(place) % 12,
      since: isLine ? Math.max(1, nearest(before.place + since) - nearest(before.place)) : null,
      beats: beats / pulse,
    }
  })
}
