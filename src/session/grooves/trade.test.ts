import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { fourFour } from '../../music/index.ts'
import type { GrooveAnswer } from '../index.ts'

/** A bass of two measures, which is a loop with its fixed groove from beat 8 on; two measures each from beat 12 on. */
const trading = () =>
  new Performer()
    .act('measures', 2)
    .act('record-bass')
    .play([note(0, 40, 0.2), note(1.5, 40, 0.2), note(4, 43, 0.2)])
    .wait(9)
    .act('drums-trade', '2')

/** A solo that strikes the mid tom on each beat. */
const solo = (measures = 2): GrooveAnswer => {
  const hits = Array.from({ length: 4 * measures }, (_, beat) => ({ step: 4 * beat, drum: 'mid-tom' as const }))
  const plain = { metre: fourFour, measures, hits: hits.map((hit) => ({ ...hit, velocity: 80, offsetMs: 0 })) }
  return { plain, felt: plain }
}
const give = (performer: Performer, answer: GrooveAnswer | null) => {
  const request = performer.asks('drum-solo').at(-1)?.request ?? 0
  return performer.do({ type: 'answer', job: 'drum-solo', request, answer })
}
const beatsOf = (performer: Performer, drum: string, from: number, to: number) =>
  performer.due('drums', from - 0.01, to - 0.01).flatMap((hit) => (hit.drum === drum ? [hit.beat] : []))

describe('trading with the drummer', () => {
  it('lets the drums play alone in every other turn, up to a crash on the one', () => {
    const performer = give(trading(), solo())
    expect(beatsOf(performer, 'mid-tom', 12, 36)).toEqual([20, 21, 22, 23, 24, 25, 26, 27])
    expect(beatsOf(performer, 'closed-hat', 19, 21)).toEqual([19, 19.5])
    expect(beatsOf(performer, 'crash', 12, 36)).toEqual([28])
    expect(performer.due('bass', 19.9, 27.9)).toEqual([])
    expect(performer.due('bass', 27.9, 32).length).toBeGreaterThan(0)
  })

  it('asks for each solo while the performer plays: without the bass, and fuller', () => {
    const performer = trading()
    const [asked] = performer.asks('drum-solo')
    expect(asked).toMatchObject({ isSolo: true, fixed: { measures: 2 }, intensity: 0.8 })
    expect(asked?.fixed.hits.some(({ drum }) => drum === 'snare')).toBe(false)
    give(performer, solo()).wait(28.6)
    expect(performer.asks('drum-solo')).toHaveLength(2)
    expect(give(performer, solo()).state.grooves.turn).toMatchObject({ from: 36, to: 44 })
  })

  it('has a fill in each measure where no solo comes, or one that is late or of another length', () => {
    const plain = beatsOf(trading(), 'low-tom', 20, 28)
    expect(plain).toEqual([23, 23.25, 23.5, 23.75, 27, 27.25, 27.5, 27.75])
    for (const performer of [give(trading(), null), give(trading(), solo(3)), give(trading().wait(21), solo())]) {
      expect(beatsOf(performer, 'mid-tom', 20, 28)).not.toContain(20)
    }
    expect(give(trading(), null).notices).toContain('groove-failed')
  })

  it('ends when it is switched off, or the music stops', () => {
    const off = give(trading(), solo()).act('drums-trade', 'off')
    expect(beatsOf(off, 'mid-tom', 12, 60)).toEqual([])
    const stopped = give(trading(), solo()).act('stop')
    expect([stopped.state.grooves.turn, stopped.wait(200).asks('drum-solo').length]).toEqual([null, 1])
  })

  it('finds its turn after hours without an answer', () => {
    const performer = trading().do({ type: 'tick' }, 1e8)
    const { turn } = performer.state.grooves
    expect(performer.asks('drum-solo')).toHaveLength(1)
    expect((turn?.to ?? 0) - performer.beat).toBeGreaterThan(-1)
    expect((turn?.to ?? 0) - performer.beat).toBeLessThan(17)
  })
})
