import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'

const bass = [note(0, 36), note(1, 38), note(2, 40), note(3, 41)]

describe('a foot that is a little late', () => {
  it('ends the take that has just ended by itself, and arms no other', () => {
    const performer = new Performer().act('measures', 1).act('record-bass').play(bass).wait(4)
    const { material } = performer.act('record-bass', undefined, performer.at + 0.05).state
    expect(performer.state.recording.armed).toBeNull()
    expect(performer.state.material).toBe(material)
    performer.act('record-bass', undefined, performer.at + 0.3)
    expect(performer.state.recording.armed).toMatchObject({ track: 'bass' })
  })

  it('records the note on beat one that it was meant for, while the music plays', () => {
    const performer = new Performer().act('count-in', 0).act('measures', 1).act('keys', 'bass').act('play')
    const one = performer.secondsAt(4)
    performer.do({ type: 'noteOn', pitch: 36, velocity: 90 }, one)
    performer.act('record-bass', undefined, one + 0.05)
    performer.do({ type: 'noteOff', pitch: 36 }, one + 0.3)
    const { bass } = performer.play([note(5, 38)]).wait(8).state.material.loops
    expect(bass?.notes.map(({ beat, beats, pitch }) => [beat, beats, pitch])).toEqual([
      [expect.closeTo(0, 9), expect.closeTo(0.6, 9), 36],
      [expect.closeTo(1, 9), expect.any(Number), 38],
    ])
  })

  it('records no note in the middle of a measure, which somebody played before they thought of recording', () => {
    const performer = new Performer().act('count-in', 0).act('keys', 'bass').act('play')
    performer.do({ type: 'noteOn', pitch: 36, velocity: 90 }, performer.secondsAt(5.5))
    performer.act('record-bass', undefined, performer.at + 0.05)
    expect(performer.state.recording.take).toBeNull()
  })

  it('begins a free take with the key before it, on whichever track that sounded', () => {
    const performer = new Performer()
    performer.do({ type: 'noteOn', pitch: 40, velocity: 90 }, 1)
    performer.act('free-bass', undefined, 1.04)
    performer.do({ type: 'noteOff', pitch: 40 }, 1.5)
    performer.do({ type: 'noteOn', pitch: 43, velocity: 90 }, 2).do({ type: 'noteOff', pitch: 43 }, 2.5)
    const { bass } = performer.act('free-bass', undefined, 3.04).state.material.loops
    expect(bass?.notes.map(({ pitch }) => pitch)).toEqual([40, 43])
  })
})
