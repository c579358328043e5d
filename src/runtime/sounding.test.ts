import { describe, expect, it } from 'vitest'
import { lightsOf, type SoundingKey } from './index.ts'

const mine: SoundingKey = { key: 60, pitch: 60, track: 'solo', by: 'human' }
const answered: SoundingKey = { key: 64, pitch: 67, track: 'solo', by: 'machine' }

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
