import { describe, expect, it } from 'vitest'
import type { Performer } from '../../../test/performer.ts'
import { pedal, song, stageWith } from '../../../test/songs.ts'

describe('the bass doubler', () => {
  const down = (performer: Performer, ...pitches: number[]) => {
    for (const pitch of pitches) performer.do({ type: 'noteOn', pitch, velocity: 90 })
    return performer
  }
  const up = (performer: Performer, ...pitches: number[]) => {
    for (const pitch of pitches) performer.do({ type: 'noteOff', pitch })
    return performer
  }
  const sustain = (performer: Performer, value: number) => performer.do({ type: 'control', controller: 64, value })
  const doubling = () => stageWith(song([{ set: { doubler: true, split: 52 } }], { program: 'doubler' }))

  it('doubles below the split only', () => {
    const performer = down(doubling(), 52)
    expect(performer.sounding('bass')).toEqual([])
    down(performer, 51)
    expect(performer.sounding('bass')).toEqual([51])
    expect(performer.sounding('lead')).toEqual([52, 51])
  })

  it('doubles the lowest key that is held, as it was struck', () => {
    const performer = down(doubling(), 45, 40, 48)
    expect(performer.sounding('bass')).toEqual([40])
    expect(up(performer, 40).sounding('bass')).toEqual([45])
    expect(up(performer, 45, 48).sounding('bass')).toEqual([])
    expect(performer.all('sound').filter(({ track }) => track === 'bass')).toMatchObject([
      { pitch: 45, velocity: 90 },
      { pitch: 40 },
      { pitch: 45 },
      { pitch: 48 },
    ])
  })

  it('goes on while the pedal holds the note, and ends with it', () => {
    const performer = up(down(sustain(doubling(), 127), 40), 40)
    expect(performer.sounding('bass')).toEqual([40])
    expect(sustain(performer, 0).sounding('bass')).toEqual([])
  })

  it('goes on to the key that is held when the pedal lets a lower one go', () => {
    const performer = down(up(down(sustain(doubling(), 127), 40), 40), 45)
    expect(performer.sounding('bass')).toEqual([40])
    expect(sustain(performer, 0).sounding('bass')).toEqual([45])
  })

  it('is switched off and on by the pedal, in the middle of a note', () => {
    const performer = pedal(down(doubling(), 40))
    expect(performer.sounding('bass')).toEqual([])
    expect(performer.sounding('lead')).toEqual([40])
    expect(pedal(performer).sounding('bass')).toEqual([40])
  })

  it('moves its split in the middle of a note', () => {
    const lower = song([{ set: { doubler: true, split: 52 } }, { set: { split: 33 } }])
    const performer = pedal(down(stageWith(lower), 40))
    expect(performer.sounding('bass')).toEqual([])
  })
})
