import { describe, expect, it } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { pedal, song, stageWith } from '../../../test/songs.ts'

const held = (performer: Performer) =>
  performer
    .do({ type: 'control', controller: 64, value: 127 })
    .do({ type: 'noteOn', pitch: 60, velocity: 90 })
    .do({ type: 'noteOff', pitch: 60 })
    .do({ type: 'noteOn', pitch: 64, velocity: 90 })

describe('keys and pedals that are held', () => {
  it('sound on after Stop, until they are let go', () => {
    const performer = held(new Performer().act('play')).act('stop')
    expect(performer.all('silence').at(-1)).toMatchObject({ track: null, keysGoOn: true })
    expect(performer.sounding('lead')).toEqual([60, 64])
    performer.do({ type: 'noteOff', pitch: 64 })
    expect(performer.sounding('lead')).toEqual([60, 64])
    expect(performer.do({ type: 'control', controller: 64, value: 0 }).sounding('lead')).toEqual([])
  })

  it('sound on in the next song', () => {
    const performer = stageWith(song([{ play: true }], {}), song([{}], {}))
    expect(held(performer).act('next-song').sounding('lead')).toEqual([60, 64])
    expect(pedal(performer).state.transport.playing).toBe(false)
  })

  it.each([
    ['panic', false],
    ['stop', true],
  ] as const)('end with %s, where Stop ends keys: %s', (action, ends) => {
    const performer = held(new Performer().act('stop-ends-keys', ends).act('play')).act(action)
    expect(performer.sounding('lead')).toEqual([])
    expect(performer.all('silence').at(-1)).not.toHaveProperty('keysGoOn')
  })

  it('end where a performance goes on after a crash: the hands are gone', () => {
    expect(held(new Performer()).do({ type: 'resume' }).sounding('lead')).toEqual([])
  })
})
