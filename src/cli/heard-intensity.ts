import { type ArrangedMeasure, heardIntensity, hearMeasure, listen, noListener } from '../band/index.ts'
import { measureBeats, type Note } from '../music/index.ts'

/**
 * How much is going on in each measure, from 0 to 1, where a solo is listened to: as was asked for, and more or less as the solo
 * went up to there.
 */
export function heardIntensities(solo: readonly Note[], measures: readonly ArrangedMeasure[], asked: number): number[] {
  let listener = noListener
  let place = 0
  return measures.map(({ start, now }) => {
    const intensity = heardIntensity(asked, listener.energy)
    const length = measureBeats(now.metre)
    const heard: Note[] = []
    for (; place < solo.length && (solo[place]?.beat ?? 0) < start + length; place++) {
      const note = solo[place]
      if (note) heard.push({ ...note, beat: Math.max(0, note.beat - start) })
    }
    listener = listen(listener, hearMeasure(heard, length))
    return intensity
  })
}
