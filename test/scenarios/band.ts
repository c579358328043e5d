import { expect } from 'vitest'
import { mod } from '../../src/music/index.ts'
import { harmonyNow } from '../../src/session/index.ts'
import type { Performer } from '../performer.ts'
import { goOn, withBand } from '../with-band.ts'
import type { Scenarios } from './scenario.ts'

const blues = 'F7 | Bb7 | F7 | Cm7 F7 | Bb7 | Bdim7 | F7 | D7 | Gm7 | C7 | F7 D7 | Gm7 C7'

/** What sounds from a beat on: pitch classes of bass and chords, and drums, each with its beat. */
const lastOf = (performer: Performer, from: number) => ({
  bass: performer.due('bass', from - 0.1, from + 20).map(({ pitch, beat }) => [mod(pitch, 12), beat]),
  chords: [...new Set(performer.due('chords', from - 0.1, from + 20).map(({ beat }) => beat))],
  drums: performer.due('drums', from - 0.1, from + 20).map(({ drum, beat }) => [drum, beat]),
})
const lastF = (beat: number) => ({
  bass: [[5, beat]],
  chords: [beat],
  drums: [
    ['kick', beat],
    ['crash', beat],
  ],
})

/** The band of `docs/scenarios.md`. */
export const band: Scenarios = {
  B1: () => {
    const performer = goOn(withBand(blues), 60).act('last-chorus')
    goOn(performer, 143)
    expect(lastOf(performer, 144)).toEqual(lastF(144))
    expect(goOn(performer, 149).state.transport.playing).toBe(false)
  },
  B2: () => {
    const performer = goOn(withBand(blues), 3).act('ending', 'tag').act('end')
    const heard = [32, 48].map((start) =>
      [0, 4, 8, 12].map((beat) => harmonyNow(goOn(performer, start + beat).state, start + beat).chord?.symbol),
    )
    expect(heard).toEqual(Array(2).fill(['Gm7', 'C7', 'F7', 'Gm7']))
    goOn(performer, 71)
    expect(lastOf(performer, 72)).toEqual(lastF(72))
  },
  B3: () => {
    const performer = goOn(withBand(blues), 9).act('last-chorus').act('last-chorus')
    goOn(performer, 200)
    expect(performer.due('bass', 200, 208).length).toBeGreaterThan(4)
  },
  B4: () => {
    const performer = goOn(withBand(blues), 9).act('drum-break').act('drum-break')
    goOn(performer, 19)
    for (const track of ['bass', 'chords', 'drums'] as const) expect(performer.due(track, 11.9, 19.4)).toEqual([])
    expect(performer.due('drums', 19.9, 20.1).map(({ drum }) => drum)).toContain('crash')
  },
}
