import { expect } from 'vitest'
import { note } from '../notes.ts'
import { Performer } from '../performer.ts'
import { song, stageWith } from '../songs.ts'
import { line, rest, shippedSoloist } from './playing.ts'
import type { Scenarios } from './scenario.ts'

/** Somebody whose keyboard is split at middle C: the left hand plays chords, the right hand the lead. */
const split = () => new Performer(1, shippedSoloist).act('zones', 'key')

const down = (performer: Performer, ...pitches: number[]) => {
  for (const pitch of pitches) performer.do({ type: 'noteOn', pitch, velocity: 90 })
  return performer
}
const up = (performer: Performer, ...pitches: number[]) => {
  for (const pitch of pitches) performer.do({ type: 'noteOff', pitch })
  return performer
}

const tracks = ['bass', 'chords', 'lead'] as const
const held = (performer: Performer) => tracks.map((track) => performer.sounding(track))

export const hands: Scenarios = {
  Z1() {
    const performer = split().act('count-in', 0).act('play').act('improvise', true)
    const voicings = [
      [50, 53, 57],
      [47, 53, 55],
      [48, 52, 55],
    ]
    for (let turn = 0; turn < 6; turn++) {
      const from = performer.beat
      const chords = [0, 2].flatMap((beat) => (voicings[turn % 3] ?? []).map((pitch) => note(beat, pitch, 1.8)))
      rest(performer.play([...chords, ...line(0, [72, 74, 76, 77, 79, 77, 76])], from))
    }
    const sounds = performer.all('sound')
    const left = sounds.filter(({ track }) => track === 'chords')
    expect(left).toHaveLength(36)
    for (const { by, key, pitch } of left) expect([by, pitch]).toEqual(['human', key])
    const right = sounds.filter(({ track }) => track === 'lead').map(({ by }) => by)
    expect(right).toEqual([0, 1, 2].flatMap(() => [...Array(7).fill('human'), ...Array(7).fill('machine')]))
  },

  Z2() {
    const performer = split().act('count-in', 0).act('play').act('improvise', true).act('harmony', 1)
    performer
      .act('hand-over', 'pedal')
      .play(line(0, [72, 74, 76, 77]))
      .act('take-response')
    const over = (chord: readonly number[], scale: readonly number[]) => {
      const from = performer.effects.length
      down(performer, ...chord).play(line(performer.beat + 0.1, [72, 74, 76, 77, 79]))
      up(performer, ...chord)
      const answered = performer.effects.slice(from).filter((effect) => effect.type === 'sound')
      const lead = answered.filter(({ track, by }) => track === 'lead' && by === 'machine')
      expect(lead).toHaveLength(5)
      for (const { pitch } of lead) expect(scale).toContain(pitch % 12)
      return performer.state.liveHarmony.chord?.symbol
    }
    expect(over([50, 53, 57, 48], [0, 2, 4, 5, 7, 9, 11])).toBe('Dm7/C')
    expect(over([55, 58, 50, 53], [0, 2, 4, 5, 7, 9, 10])).toBe('Gm7/D')
  },

  Z3() {
    const performer = split().act('measures', 1).act('count-in', 0).act('left', 'bass').act('record-bass')
    performer
      .play([note(0, 38, 3.8)])
      .wait(4)
      .act('left', 'chords')
    down(performer, 53, 57, 48, 52)
    expect(performer.state.liveHarmony.chord?.symbol).toBe('Dm9')
  },

  Z4() {
    const performer = split().act('zones', 'channel').act('left', 'bass').act('left-octave', -1)
    performer.do({ type: 'noteOn', pitch: 48, velocity: 90, channel: 2 })
    performer.do({ type: 'noteOn', pitch: 48, velocity: 90, channel: 1 })
    expect(held(performer)).toEqual([[36], [], [48]])
  },

  Z5() {
    const performer = down(split(), 50, 55, 67, 72)
    performer.act('split', 70).act('zones', 'off').act('keys', 'bass')
    expect(held(performer)).toEqual([[], [50, 55], [67, 72]])
    expect(held(up(performer, 72, 50, 67, 55))).toEqual([[], [], []])
  },

  S1() {
    const performer = new Performer().act('count-in', 0).act('play').wait(3)
    expect(down(performer, 60, 64, 67).act('stop').sounding('lead')).toEqual([60, 64, 67])
    expect(performer.state.transport.playing).toBe(false)
    expect(up(performer, 60, 64, 67).sounding('lead')).toEqual([])
  },

  S2() {
    const performer = stageWith(song([{}]), song([{}]))
    expect(down(performer, 48).act('next-song').sounding('lead')).toEqual([48])
    expect(up(performer, 48).sounding('lead')).toEqual([])
  },

  S3() {
    const performer = down(split().do({ type: 'control', controller: 64, value: 127 }), 50, 72)
    expect(held(up(performer, 50).act('panic'))).toEqual([[], [], []])
  },
}
