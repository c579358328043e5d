import { describe, expect, it } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { song } from '../../../test/songs.ts'
import { createSoundingKeys } from './sounding-keys.ts'

/** Somebody whose solo is followed from event to event. */
function soloist() {
  const keys = createSoundingKeys()
  const performer = new Performer().act('count-in', 0)
  const then = (doing: (performer: Performer) => unknown) => {
    const heard = performer.effects.length
    doing(performer)
    keys.hear(performer.effects.slice(heard), performer.state.transport, performer.at)
  }
  const play = (beat: number, pitch: number) => {
    then((each) => each.wait(beat).do({ type: 'noteOn', pitch, velocity: 90 }))
    then((each) => each.wait(beat + 0.5).do({ type: 'noteOff', pitch }))
  }
  return { keys, then, play }
}

describe('the solo that a roll shows', () => {
  it('has its notes where they were played, and as long', () => {
    const { keys, then, play } = soloist()
    then((each) => each.act('play'))
    play(1, 69)
    play(2, 71)
    expect(keys.recent()).toMatchObject([
      { pitch: 69, beat: 1, beats: 0.5, by: 'human' },
      { pitch: 71, beat: 2, beats: 0.5, by: 'human' },
    ])
  })

  it('is empty when the next song begins in the middle of one', () => {
    const { keys, then, play } = soloist()
    then((each) => each.do({ type: 'setList', songs: [song([{ play: true }]), song([{ play: true }])] }))
    play(1, 69)
    then((each) => each.act('next-song'))
    expect(keys.recent()).toEqual([])
  })

  it('is empty when the music begins again, for its beats do', () => {
    const { keys, then, play } = soloist()
    then((each) => each.act('play'))
    play(1, 69)
    then((each) => each.act('stop'))
    expect(keys.recent()).toHaveLength(1)
    then((each) => each.act('play'))
    expect(keys.recent()).toEqual([])
    play(2, 71)
    expect(keys.recent()).toMatchObject([{ pitch: 71, beat: 2 }])
  })

  it('is empty when another performance begins, and so are the keys', () => {
    const { keys, then, play } = soloist()
    play(1, 69)
    then((each) => each.do({ type: 'noteOn', pitch: 70, velocity: 90 }))
    keys.reset()
    keys.show()
    expect([keys.recent(), keys.keys.value]).toEqual([[], []])
  })
})
