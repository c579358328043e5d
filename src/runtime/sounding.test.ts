import { describe, expect, it } from 'vitest'
import { Performer } from '../../test/performer.ts'
import { lightsOf, type SoundingKey, soundingKeys } from './index.ts'

const mine: SoundingKey = { key: 60, pitch: 60, track: 'lead', by: 'human' }
const answered: SoundingKey = { key: 64, pitch: 67, track: 'lead', by: 'machine' }

describe('the light of a key', () => {
  it('is the human’s where their own note sounds', () => {
    expect([...lightsOf([mine], false)]).toEqual([[60, 'human']])
  })

  it('is the machine’s where its pitch sounds, and a hollow one where the key is down', () => {
    expect(lightsOf([answered], false).get(67)).toBe('machine')
    expect(lightsOf([answered], false).get(64)).toBe('pressed')
  })

  it('is the machine’s where it sounds the very key that is down', () => {
    expect([...lightsOf([{ ...answered, pitch: 64 }], false)]).toEqual([[64, 'machine']])
  })

  it('tells nothing while the audience guesses', () => {
    expect([...lightsOf([mine, answered], true)]).toEqual([
      [60, 'guess'],
      [67, 'guess'],
    ])
  })
})

describe('the keys that sound', () => {
  it('are those that are down or held by the pedal, and not those of a muted track', () => {
    const performer = new Performer().do({ type: 'noteOn', pitch: 60, velocity: 90 })
    expect(soundingKeys(performer.state.keys)).toEqual([mine])
    performer.do({ type: 'control', controller: 64, value: 127 }).do({ type: 'noteOff', pitch: 60 })
    expect(soundingKeys(performer.state.keys)).toEqual([mine])
    expect(soundingKeys(performer.act('mute-lead', true).state.keys)).toEqual([])
  })

  it('sound once where a key is struck while its pitch sounds, and belong to the newer key', () => {
    const performer = new Performer().do({ type: 'noteOn', pitch: 60, velocity: 90 })
    performer.do({ type: 'noteOn', pitch: 60, velocity: 90, channel: 2 })
    expect(soundingKeys(performer.state.keys)).toEqual([mine])
    performer.do({ type: 'noteOff', pitch: 60, channel: 2 })
    expect(soundingKeys(performer.state.keys)).toEqual([])
  })
})
