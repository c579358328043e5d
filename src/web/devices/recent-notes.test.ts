import { describe, expect, it } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { song } from '../../../test/songs.ts'
import { createRecentNotes } from './recent-notes.ts'

/** Somebody whose solo is followed from event to event. */
function soloist() {
  const notes = createRecentNotes()
  const performer = new Performer().act('count-in', 0)
  const then = (act: (performer: Performer) => unknown) => {
    const before = performer.effects.length
    act(performer)
    notes.observe({ type: 'tick', at: performer.at }, performer.effects.slice(before), performer.state)
  }
  const play = (beat: number, pitch: number) => {
    then((each) => each.wait(beat).do({ type: 'noteOn', pitch, velocity: 90 }))
    then((each) => each.wait(beat + 0.5).do({ type: 'noteOff', pitch }))
  }
  return { notes, then, play }
}

describe('the solo that a roll shows', () => {
  it('has its notes where they were played, and as long', () => {
    const { notes, then, play } = soloist()
    then((each) => each.act('play'))
    play(1, 69)
    play(2, 71)
    expect(notes.list()).toMatchObject([
      { pitch: 69, beat: 1, beats: 0.5, by: 'human' },
      { pitch: 71, beat: 2, beats: 0.5, by: 'human' },
    ])
  })

  it('is empty when the next song begins in the middle of one', () => {
    const { notes, then, play } = soloist()
    then((each) => each.do({ type: 'setList', songs: [song([{ play: true }]), song([{ play: true }])] }))
    play(1, 69)
    then((each) => each.act('next-song'))
    expect(notes.list()).toEqual([])
  })

  it('is empty when the music begins again, for its beats do', () => {
    const { notes, then, play } = soloist()
    then((each) => each.act('play'))
    play(1, 69)
    then((each) => each.act('stop'))
    expect(notes.list()).toHaveLength(1)
    then((each) => each.act('play'))
    expect(notes.list()).toEqual([])
    play(2, 71)
    expect(notes.list()).toMatchObject([{ pitch: 71, beat: 2 }])
  })

  it('is empty when another performance begins', () => {
    const { notes, play } = soloist()
    play(1, 69)
    expect(notes.list()).toHaveLength(1)
    notes.reset()
    expect(notes.list()).toEqual([])
  })
})
