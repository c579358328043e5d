import { describe, expect, it } from 'vitest'
import { randomSoloist } from '../../../test/fakes/soloist.ts'
import { Performer } from '../../../test/performer.ts'
import type { Express } from '../index.ts'

/** What was sent on, each as its track and what it is. */
const sent = (performer: Performer) =>
  performer.all('express').map(({ at, type, track, expression, ...kept }) => ({ track, ...expression, ...kept }))
const last = (performer: Performer) => sent(performer).at(-1)
const control = (performer: Performer, controller: number, value: number, channel = 1) =>
  performer.do({ type: 'control', controller, value, channel })
const bend = (performer: Performer, value: number, channel = 1) => performer.do({ type: 'bend', value, channel })
const down = (performer: Performer, pitch: number, channel = 1) =>
  performer.do({ type: 'noteOn', pitch, velocity: 90, channel })

/** A registered parameter is chosen and set. */
const parameter = (performer: Performer, number: number, value: number, channel = 1) => {
  for (const [controller = 0, each = 0] of [
    [101, 0],
    [100, number],
    [6, value],
  ])
    control(performer, controller, each, channel)
  return performer
}

describe('wheels, pressure and pedals', () => {
  it('reach the track that the keys play', () => {
    const performer = bend(new Performer().act('keys', 'chords'), 4096)
    performer.do({ type: 'pressure', value: 30 })
    control(performer, 1, 64)
    performer.do({ type: 'program', program: 5 })
    expect(sent(performer)).toEqual([
      { track: 'chords', kind: 'bend', value: 4096, semitones: 1 },
      { track: 'chords', kind: 'pressure', value: 30 },
      { track: 'chords', kind: 'control', controller: 1, value: 64 },
      { track: 'chords', kind: 'program', program: 5 },
    ])
  })

  it('are for the right hand on one keyboard, pedals for both hands, and for the hand whose channel it is', () => {
    const performer = control(bend(new Performer().act('zones', 'key'), 100), 64, 127)
    expect(sent(performer).map(({ track }) => track)).toEqual(['lead', 'chords', 'lead'])
    const apart = control(bend(new Performer().act('zones', 'channel'), 100, 2), 67, 127)
    expect(sent(apart).map(({ track }) => track)).toEqual(['chords', 'lead'])
  })

  it('follow a key’s own pressure to what it sounds', () => {
    const performer = new Performer(0, randomSoloist()).act('improvise', true).act('take-response')
    performer
      .do({ type: 'noteOn', pitch: 60, velocity: 90, answer: 67 })
      .do({ type: 'keyPressure', pitch: 60, value: 9 })
    expect(last(performer)).toEqual({ track: 'lead', kind: 'key-pressure', pitch: 67, value: 9 })
    performer.do({ type: 'noteOff', pitch: 60 }).do({ type: 'keyPressure', pitch: 60, value: 5 })
    expect(sent(performer)).toHaveLength(1)
  })

  it('bend what a soloist sounds in a response', () => {
    const performer = new Performer(0, randomSoloist()).act('improvise', true).act('take-response')
    bend(performer.do({ type: 'noteOn', pitch: 60, velocity: 90, answer: 67 }), 8191)
    expect(last(performer)).toMatchObject({ track: 'lead', kind: 'bend', value: 8191 })
  })

  it('stay here if they are bound, except to return', () => {
    const bindings = { 'cc 1': 'wildness', program: 'doubler' }
    const performer = control(new Performer().do({ type: 'bind', bindings }), 1, 80)
    performer.do({ type: 'program', program: 3 })
    expect(sent(performer)).toEqual([])
    const later = control(new Performer(), 1, 80).do({ type: 'bind', bindings })
    expect(last(control(control(later, 1, 40), 1, 0))).toMatchObject({ controller: 1, value: 0 })
    expect(sent(later)).toHaveLength(2)
  })

  it('are not passed on where knobs do no more than that, nor where it is switched off', () => {
    expect(sent(control(control(new Performer(), 7, 9), 20, 9))).toEqual([])
    expect(sent(bend(new Performer().act('expression', false), 9))).toEqual([])
  })
})

describe('what is moved', () => {
  const moved = () => control(bend(new Performer(), 8191), 1, 90).do({ type: 'pressure', value: 50 })
  const atRest = [
    { track: 'lead', kind: 'bend', value: 0, semitones: 0 },
    { track: 'lead', kind: 'control', controller: 1, value: 0 },
    { track: 'lead', kind: 'pressure', value: 0 },
  ]

  it.each([
    ['panic', (performer: Performer) => performer.act('panic')],
    ['a Stop that ends keys', (performer: Performer) => performer.act('stop-ends-keys', true).act('stop')],
    ['hand-over', (performer: Performer) => performer.act('take-response')],
    ['a pulled cable', (performer: Performer) => control(performer, 121, 0)],
    ['a crash', (performer: Performer) => performer.do({ type: 'resume' })],
  ])('is set back by %s, once', (_, setBack) => {
    const performer = setBack(moved())
    expect(sent(performer).slice(3)).toEqual(atRest)
    expect(sent(performer.act('panic'))).toHaveLength(6)
  })

  it('returns where it was moved, though the keys play elsewhere by then', () => {
    const performer = bend(bend(new Performer(), 8191).act('keys', 'bass'), 0)
    expect(sent(performer).slice(1)).toMatchObject([
      { track: 'bass', value: 0 },
      { track: 'lead', value: 0 },
    ])
    expect(sent(bend(performer, 0)).slice(3)).toMatchObject([{ track: 'bass' }])
  })

  it('is left alone by a Stop that leaves keys, and by another channel’s reset', () => {
    expect(sent(control(moved().act('stop'), 121, 0, 2))).toHaveLength(3)
  })

  it('keeps the pedals down over a hand-over: the foot is still there', () => {
    const performer = control(new Performer(), 64, 127).act('take-response')
    expect(sent(performer)).toEqual([{ track: 'lead', kind: 'control', controller: 64, value: 127 }])
  })
})

describe('parameters', () => {
  it('say how far a bend goes, and are passed on whole', () => {
    const performer = bend(parameter(new Performer(), 0, 12), -8192)
    expect(sent(performer)).toMatchObject([
      { controller: 101, value: 0 },
      { controller: 100, value: 0 },
      { controller: 6, value: 12 },
      { kind: 'bend', semitones: -12 },
    ])
  })

  it('are not set where none is chosen, or only half of one', () => {
    expect(sent(control(new Performer(), 6, 3))).toEqual([])
    expect(sent(control(control(control(new Performer(), 101, 0), 98, 3), 6, 3))).toEqual([])
  })
})

describe('MPE', () => {
  const mpe = () => parameter(new Performer(), 6, 5)
  const channels = (effects: readonly Pick<Express, 'channel' | 'zone'>[]) =>
    effects.map(({ channel, zone }) => [channel, zone ?? false])

  it('configures the outputs, and gives each note and its bends their own channel', () => {
    const performer = down(down(bend(mpe(), 100, 3), 60, 3), 60, 4)
    expect(sent(performer).slice(0, 3)).toMatchObject([
      { controller: 101, value: 0, channel: 1, zone: true },
      { controller: 100, value: 6, channel: 1, zone: true },
      { controller: 6, value: 5, channel: 1, zone: true },
    ])
    expect(last(performer)).toEqual({
      track: 'lead',
      kind: 'bend',
      value: 100,
      semitones: (100 * 48) / 8192,
      channel: 3,
    })
    expect(performer.all('sound').map(({ channel, pitch }) => [channel, pitch])).toEqual([
      [3, 60],
      [4, 60],
    ])
    performer.do({ type: 'noteOff', pitch: 60, channel: 3 })
    expect(performer.all('stop')).toMatchObject([{ pitch: 60, channel: 3 }])
  })

  it('ends each note of an answered chord on the channel on which it began', () => {
    const performer = down(new Performer(0, randomSoloist()), 57, 1)
    parameter(performer, 6, 1).act('improvise', true).act('hand-over-now')
    down(down(performer, 57, 1), 57, 3)
    const begun = performer.all('sound').slice(1)
    performer.act('panic')
    const ended = performer.all('stop').map(({ pitch, channel }) => `${pitch} on ${channel}`)
    for (const { pitch, channel } of begun) expect(ended).toContain(`${pitch} on ${channel}`)
  })

  it('has a master channel for all notes, and knows the others from it', () => {
    const performer = bend(bend(mpe(), 1, 1), 1, 8)
    performer.do({ type: 'pressure', value: 3, channel: 6 })
    control(performer, 74, 3, 6)
    expect(channels(performer.all('express').slice(3))).toEqual([
      [1, true],
      [undefined, false],
      [6, false],
      [6, false],
    ])
  })

  it('sends a note’s expression to the zone of the keyboard that plays it', () => {
    const performer = mpe().act('zones', 'key')
    for (const pitch of [40, 80]) down(performer, pitch, pitch === 40 ? 2 : 3)
    expect(sent(bend(performer, 9, 2)).at(-1)).toMatchObject({ track: 'chords', channel: 2 })
    expect(sent(bend(performer, 9, 3)).at(-1)).toMatchObject({ track: 'lead', channel: 3 })
  })

  it('introduces its zones to a track that is played later', () => {
    const performer = down(mpe().act('keys', 'bass'), 40, 2)
    expect(sent(performer).filter(({ track }) => track === 'bass')).toHaveLength(3)
    expect(sent(down(performer, 41, 3)).filter(({ track }) => track === 'bass')).toHaveLength(3)
  })

  it('has one bend range for all notes of a zone', () => {
    const performer = bend(parameter(mpe(), 0, 24, 2), 8191, 6)
    expect(last(performer)).toMatchObject({ semitones: (8191 * 24) / 8192, channel: 6 })
  })

  it('is over with no members, and everything is back', () => {
    const performer = parameter(bend(mpe(), 99, 2), 6, 0)
    expect(sent(performer).slice(4)).toMatchObject([
      { kind: 'bend', value: 0, channel: 2 },
      { controller: 101, channel: 1 },
      { controller: 100, channel: 1 },
      { controller: 6, value: 0, channel: 1 },
    ])
    expect(down(performer, 60, 2).all('sound').at(-1)).not.toHaveProperty('channel')
  })
})
