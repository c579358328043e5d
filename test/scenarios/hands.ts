import { expect } from 'vitest'
import { createMidiInput } from '../../src/devices/midi/index.ts'
import { parseChord, pitchClass } from '../../src/music/index.ts'
import { randomSoloist } from '../fakes/soloist.ts'
import { note } from '../notes.ts'
import { Performer } from '../performer.ts'
import type { Scenarios } from './scenario.ts'

const soloist = randomSoloist()

/** Somebody with a keyboard that is split at middle C. */
const split = () => new Performer(1, soloist).act('zones', 'key').act('count-in', 0)

const down = (performer: Performer, ...pitches: number[]) => {
  for (const pitch of pitches) performer.do({ type: 'noteOn', pitch, velocity: 90 })
  return performer
}
const up = (performer: Performer, ...pitches: number[]) => {
  for (const pitch of pitches) performer.do({ type: 'noteOff', pitch })
  return performer
}
const bends = (performer: Performer) =>
  performer.all('express').flatMap(({ expression }) => (expression.kind === 'bend' ? [expression.semitones] : []))

export const hands: Scenarios = {
  H1() {
    const performer = split().act('play').act('improvise', true).act('hand-over', 'count').act('notes', 4)
    const chord = [50, 53, 57].map((pitch) => note(0, pitch, 7))
    const phrase = [72, 74, 76, 77, 79, 77, 76, 74].map((pitch, index) => note(index, pitch, 0.5))
    performer.play([...chord, ...phrase])
    const [left, right] = (['chords', 'lead'] as const).map((track) =>
      performer.all('sound').filter((sound) => sound.track === track),
    )
    expect(left?.map(({ pitch, by }) => [pitch, by])).toEqual([50, 53, 57].map((pitch) => [pitch, 'human']))
    expect(right?.map(({ by }) => by)).toEqual([...Array(4).fill('human'), ...Array(4).fill('machine')])
  },

  H2() {
    const performer = split().act('left', 'bass').act('measures', 1).act('record-bass')
    performer.play([note(0, 36), note(1, 72), note(2, 41)]).wait(4)
    expect(performer.due('bass', 4, 8).map(({ pitch }) => pitch)).toEqual([36, 41])
    expect(performer.all('sound').map(({ track }) => track)).toEqual(['bass', 'lead', 'bass'])
  },

  H3() {
    const performer = split().act('play').act('improvise', true).act('hand-over', 'pedal').act('take-response')
    for (const [symbol, keys] of [
      ['Dm7', [50, 53, 57, 48]],
      ['Db7', [49, 53, 56, 59]],
    ] as const) {
      const before = performer.effects.length
      down(performer, ...keys).do({ type: 'noteOn', pitch: 72, velocity: 90, answer: 81 })
      up(down(performer, 76, 79), ...keys, 72, 76, 79).wait(performer.beat + 1)
      const lead = performer.effects
        .slice(before)
        .flatMap((each) => (each.type === 'sound' && each.track === 'lead' ? each : []))
      const tones = parseChord(symbol)?.tones
      expect(lead).toHaveLength(3)
      // The first key is the line's; the others are voiced under it.
      for (const { pitch } of lead.slice(1)) expect(tones).toContain(pitchClass(pitch))
    }
  },

  H4() {
    const performer = down(split(), 55, 65).act('split', 40).act('left', 'bass').act('left-octave', 1)
    expect([performer.sounding('chords'), performer.sounding('lead')]).toEqual([[55], [65]])
    up(performer, 55, 65)
    for (const track of ['bass', 'chords', 'lead'] as const) expect(performer.sounding(track)).toEqual([])
  },

  W1() {
    const performer = new Performer(1, soloist).act('improvise', true).act('take-response')
    performer.do({ type: 'noteOn', pitch: 60, velocity: 90, answer: 67 }).do({ type: 'bend', value: 4096 })
    expect(performer.sounding('lead')).toEqual([67])
    expect(performer.all('express')).toMatchObject([{ track: 'lead', expression: { kind: 'bend', semitones: 1 } }])
  },

  W2() {
    const performer = new Performer(1, soloist).act('improvise', true).do({ type: 'bend', value: -8192 })
    expect(bends(performer.act('hand-over-now'))).toEqual([-2, 0])
  },

  W3() {
    const performer = new Performer(1, soloist)
    const input = createMidiInput((message) => performer.do(message as Parameters<Performer['do']>[0]))
    for (const bytes of [
      [0xb0, 64, 127],
      [0x90, 60, 90],
      [0xe0, 127, 127],
      [0xb0, 1, 99],
    ])
      input.receive(Uint8Array.from(bytes), 0)
    input.letGo(0)
    expect(performer.sounding('lead')).toEqual([])
    expect(bends(performer).at(-1)).toBe(0)
    expect(performer.state.expression.moved).toEqual([])
  },

  W4() {
    const performer = down(new Performer().act('play'), 60).act('stop')
    expect(performer.sounding('lead')).toEqual([60])
    expect(performer.act('panic').sounding('lead')).toEqual([])
  },
}
