import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { song, stageWith } from '../../../test/songs.ts'
import { maxMessageBytes } from '../sender/index.ts'
import { type OscOut, readOsc } from './packet.ts'
import { changedMessages, createOscState, effectMessages, outputAddresses, stateMessages } from './state-out.ts'

const text = ({ address, values }: Pick<OscOut, 'address' | 'values'>) =>
  [address.replace('/tradefours/state/', ''), ...values].join(' ')

/** What is reported of each thing that a performer does. */
function audience(performer = new Performer()) {
  let before = stateMessages(performer.state, performer.at)
  return {
    performer,
    news(act: (performer: Performer) => unknown) {
      act(performer)
      const after = stateMessages(performer.state, performer.at)
      const news = changedMessages(before, after).map(text)
      before = after
      return news
    },
  }
}

describe('how things stand', () => {
  it('is reported at first in full, with every setting', () => {
    const all = stateMessages(new Performer().state, 0)
    expect(changedMessages([], all)).toEqual(all)
    const spoken = all.map(({ address }) => address)
    const once = ['beat', 'key', 'notice'].map((name) => `/tradefours/state/${name}`)
    expect([...spoken, ...once].sort()).toEqual(Object.keys(outputAddresses).sort())
  })

  it('is reported again only where it has changed', () => {
    const { news } = audience()
    expect(news((player) => player.do({ type: 'tick' }, 5))).toEqual([])
    expect(news((player) => player.act('tempo', 90))).toEqual(['dial/tempo 90'])
    expect(news((player) => player.act('tempo', 90))).toEqual([])
    expect(news((player) => player.do({ type: 'metre', metre: '7/8' }))).toEqual(['metre 7/8'])
    expect(news((player) => player.act('play'))).toEqual(['playing 1'])
  })

  it('follows the chords of a chart', () => {
    const { news } = audience()
    expect(news((player) => player.do({ type: 'chart', chart: 'Dm7 | G7' }))).toEqual(['chord Dm7'])
    expect(news((player) => player.act('play'))).toEqual(['playing 1', 'next count-in 1  1 head'])
    expect(news((player) => player.wait(4.1))).toEqual(['chord G7', 'next head 1  1 solos'])
  })

  it('warns before the other side takes over', () => {
    const { news } = audience()
    const key = (player: Performer) => player.do({ type: 'noteOn', pitch: 60, velocity: 80 }, player.at + 1)
    news((player) => player.act('hand-over', 'count').act('notes', 5))
    expect(news((player) => player.act('improvise', true))).toEqual(['turn call', 'dial/improvise 1'])
    expect(news(key)).toEqual(['buffer 1 5'])
    expect(news(key)).toEqual(['buffer 2 5', 'warning 1'])
    expect([news(key), news(key)]).toEqual([['buffer 3 5'], ['buffer 4 5']])
    expect(news(key)).toEqual(['turn response', 'buffer 0 5', 'warning 0'])
  })

  it('says who chose a key’s pitch, and what notices the performer gets', () => {
    const performer = new Performer()
    performer.do({ type: 'noteOn', pitch: 60, velocity: 80 }).do({ type: 'noteOff', pitch: 60 }).act('undo')
    expect(effectMessages(performer.effects).map(text)).toEqual([
      'key lead 60 80 human',
      'key lead 60 0 ',
      'notice nothing-to-undo There is nothing to undo.',
    ])
  })
})

describe('the reports', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['performance'] }))
  afterEach(() => void vi.useRealTimers())

  /** A performer on a stage with lights, and what these receive, and when. */
  function stage() {
    const performer = new Performer()
    const told: { readonly at: number; readonly what: string }[] = []
    const send = (bytes: Uint8Array, at = performance.now()) => {
      for (const message of readOsc(bytes).messages) told.push({ at: Math.round(at), what: text(message as OscOut) })
    }
    const lights = createOscState(send, { of: (ms) => ms / 1000 }, (ms) => ms)
    const listen = (act: (performer: Performer) => unknown) => {
      const before = performer.effects.length
      performer.at = performance.now() / 1000
      act(performer)
      lights.observe({ type: 'tick', at: performer.at }, performer.effects.slice(before), performer.state)
    }
    const pass = (ms: number) => {
      const end = performance.now() + ms
      for (; performance.now() < end; listen((player) => player.do({ type: 'tick' }))) {
        vi.advanceTimersByTime(Math.min(25, end - performance.now()))
      }
    }
    return { lights, listen, pass, told, beats: () => told.filter(({ what }) => what.startsWith('beat')) }
  }

  it('say each beat once, at its moment, through the count-in and another metre', () => {
    const { listen, pass, beats } = stage()
    listen((player) => player.act('measures', 1))
    listen((player) => player.act('play'))
    pass(2900)
    listen((player) => player.do({ type: 'metre', metre: '3/8' }))
    pass(1700)
    expect(beats().map(({ at, what }) => `${at} ${what}`)).toEqual([
      '0 beat 0 1',
      '500 beat 0 2',
      '1000 beat 0 3',
      '1500 beat 0 4',
      '2000 beat 1 1',
      '2500 beat 1 2',
      '3000 beat 1 3',
      '3500 beat 1 4',
      '4000 beat 1 1',
      '4250 beat 1 2',
      '4500 beat 1 3',
    ])
  })

  it('tells nothing that wanders while the music is stopped', () => {
    const { listen, pass, told } = stage()
    listen((player) => player.do({ type: 'chart', chart: 'Dm7 | G7 | Cmaj7' }).act('count-in', 0).act('play'))
    pass(3000)
    listen((player) => player.act('stop'))
    const before = told.length
    pass(20_000)
    expect(told.slice(before)).toEqual([])
  })

  it('tells that a track is armed, and then that it is recorded', () => {
    const { listen, pass, told } = stage()
    const recording = () => told.findLast(({ what }) => what.startsWith('recording'))?.what
    listen((player) => player.act('count-in', 0).act('record-bass'))
    expect(recording()).toBe('recording bass armed')
    pass(100)
    listen((player) => player.do({ type: 'noteOn', pitch: 40, velocity: 90 }))
    expect(recording()).toBe('recording bass recording')
    pass(10_000)
    expect(recording()).toBe('recording  ')
  })

  it('split what is too long for a sender, however long the names are', () => {
    const packets: Uint8Array[] = []
    const lights = createOscState(
      (bytes) => packets.push(bytes),
      { of: (ms) => ms / 1000 },
      (ms) => ms,
    )
    const long = '枯葉'.repeat(100)
    const { state } = stageWith({ ...song([{ name: long }]), title: long })
    lights.observe({ type: 'tick', at: 0 }, [], state)
    expect(Math.max(...packets.map(({ length }) => length))).toBeLessThanOrEqual(maxMessageBytes)
    const told = packets.flatMap((packet) => readOsc(packet).messages)
    expect(told.map(({ address }) => address)).toEqual(stateMessages(state, 0).map(({ address }) => address))
    expect(told.filter(({ values }) => values[0] === long)).toHaveLength(2)
  })

  it('begin anew when the music does, and report everything to whoever came later', () => {
    const { lights, listen, pass, told, beats } = stage()
    listen((player) => player.act('count-in', 0))
    for (const _ of [1, 2]) {
      listen((player) => player.act('play'))
      pass(600)
    }
    listen((player) => player.act('play'))
    expect(beats().map(({ what }) => what)).toEqual(['beat 1 1', 'beat 1 2', 'beat 1 1'])
    const before = told.length
    lights.reportAll()
    pass(25)
    expect(told.length - before).toBe(Object.keys(outputAddresses).length - 3)
  })
})
