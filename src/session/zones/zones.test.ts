import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { parseChord } from '../../music/index.ts'
import { harmonyNow, type SettingValue } from '../index.ts'

/** A keyboard that is split at middle C; the left hand plays the chords, the right hand the lead. */
function split(settings: Readonly<Record<string, SettingValue>> = {}): Performer {
  const performer = new Performer()
  for (const [id, value] of Object.entries({ zones: 'key', ...settings })) performer.act(id as 'zones', value)
  return performer
}

const down = (performer: Performer, ...pitches: number[]) => {
  for (const pitch of pitches) performer.do({ type: 'noteOn', pitch, velocity: 90 })
  return performer
}
const up = (performer: Performer, ...pitches: number[]) => {
  for (const pitch of pitches) performer.do({ type: 'noteOff', pitch })
  return performer
}
const later = (performer: Performer, seconds: number) => performer.do({ type: 'tick' }, performer.at + seconds)
const chordNow = ({ state, beat }: Performer) => harmonyNow(state, beat).chord?.symbol

describe('a split keyboard', () => {
  it('plays the left hand’s track below the split, and the right hand’s from there on', () => {
    const performer = down(split(), 59, 60)
    expect(performer.sounding('chords')).toEqual([59])
    expect(performer.sounding('lead')).toEqual([60])
  })

  it('is split by channel, wherever the hands are', () => {
    const performer = split({ zones: 'channel', left: 'bass', 'left-channel': 3 })
    performer.do({ type: 'noteOn', pitch: 80, velocity: 90, channel: 3 })
    performer.do({ type: 'noteOn', pitch: 40, velocity: 90, channel: 1 })
    expect(performer.sounding('bass')).toEqual([80])
    expect(performer.sounding('lead')).toEqual([40])
  })

  it.each([
    [-2, 40, 16],
    [3, 12, 48],
    [-3, 20, 8],
  ])('moves the left hand %i octaves, as far as pitches go', (octaves, key, pitch) => {
    const performer = down(split({ 'left-octave': octaves }), key)
    expect(performer.sounding('chords')).toEqual([pitch])
    expect(performer.all('sound')).toMatchObject([{ key, pitch }])
    expect(up(performer, key).sounding('chords')).toEqual([])
  })

  it('lets a key end in the zone in which it began, whatever is set meanwhile', () => {
    const performer = down(split({ left: 'bass', 'left-octave': 1 }), 48, 72)
    performer.act('left', 'lead').act('left-octave', -1).act('split', 90).act('zones', 'channel').act('keys', 'chords')
    expect(performer.sounding('bass')).toEqual([60])
    up(performer, 48, 72)
    expect([...performer.sounding('bass'), ...performer.sounding('lead')]).toEqual([])
  })

  it('is split where the next key is, which does not sound', () => {
    const performer = down(new Performer().act('split-here'), 53)
    expect(performer.all('sound')).toEqual([])
    expect(performer.notices).toEqual(['split-waits', 'split-at'])
    down(up(performer, 53), 52, 53)
    expect([performer.sounding('chords'), performer.sounding('lead')]).toEqual([[52], [53]])
    expect(down(performer.act('split-here').act('split-here'), 70).sounding('lead')).toEqual([53, 70])
  })
})

describe('what is played in a zone', () => {
  it('is recorded for its track, while the other hand goes on', () => {
    const performer = split({ left: 'bass', measures: 1, 'count-in': 0 }).act('record-bass')
    expect(performer.state.settings.keys).toBe('lead')
    performer.play([note(0, 36), note(1, 72), note(2, 40), note(2.5, 74)]).wait(4)
    expect(performer.state.material.loops.bass?.notes.map(({ pitch }) => pitch)).toEqual([36, 40])
    expect(performer.all('sound').map(({ track }) => track)).toEqual(['bass', 'lead', 'bass', 'lead'])
  })

  it('ends no take of the other hand, however early for its end it is', () => {
    const performer = split({ left: 'bass', measures: 1, 'count-in': 0 }).act('record-bass')
    performer
      .play([note(0, 36, 0.5)])
      .act('record-chords')
      .play([note(3.9, 72, 0.05)])
    expect(performer.state.recording.take?.track).toBe('bass')
  })

  it('sends the right hand to what is recorded if no zone plays that', () => {
    expect(split({ left: 'bass' }).act('record-chords').state.settings.keys).toBe('chords')
  })
})

describe('chords in a zone', () => {
  it('are the harmony at the key press, and go on when the hand is off', () => {
    const performer = down(split(), 50, 53)
    expect(chordNow(performer)).toBeUndefined()
    expect(chordNow(down(performer, 57))).toBe('Dm')
    expect(chordNow(down(performer, 48))).toBe('Dm7/C')
    expect(chordNow(later(up(performer, 48, 50, 53, 57), 9))).toBe('Dm7/C')
    expect(chordNow(performer.act('zones', 'off'))).toBeUndefined()
  })

  it('stand over the bass that is played with them, and stay while it walks', () => {
    const performer = split({ left: 'bass', keys: 'chords', split: 48 })
    expect(chordNow(down(performer, 38, 53, 57, 60, 64))).toBe('Dm9')
    down(up(later(performer, 0.5), 38), 43)
    expect(chordNow(performer)).toBe('Dm9')
    down(up(later(performer, 0.5), 43, 53, 57, 60, 64), 53, 57, 59, 64)
    expect(chordNow(down(later(performer, 0.02), 43))).toBe('G13')
  })

  it('stand over the bass loop', () => {
    const performer = split({ measures: 1, 'count-in': 0 }).act('left', 'bass').act('record-bass')
    performer.play([note(0, 38, 2), note(2, 43, 2)]).wait(4)
    performer.act('left', 'chords').wait(8.2)
    expect(chordNow(down(performer, 53, 57))).toBe('Dm')
    up(performer, 53, 57).wait(10.1)
    expect(chordNow(down(performer, 53, 59))).toBe('G7')
  })

  it('are named anew when a finger of the chord before comes up late', () => {
    const performer = down(split(), 48, 52, 55)
    down(later(performer, 1), 53, 57)
    up(performer, 52, 55)
    expect(chordNow(performer)).toBe('F/C')
  })

  it('count before a chart while they sound, and the chart counts again after them', () => {
    const performer = split({ 'count-in': 0 }).do({ type: 'chart', chart: 'C | F' }).act('play').wait(1)
    expect(chordNow(performer)).toBe('C')
    down(performer, 49, 53, 56)
    expect(chordNow(performer)).toBe('Db')
    expect(harmonyNow(performer.state, 1)).toMatchObject({ nextChord: { symbol: 'F' }, beatsToNextChord: 3 })
    performer.do({ type: 'control', controller: 64, value: 127 })
    expect(chordNow(up(performer, 49, 53, 56))).toBe('Db')
    expect(chordNow(performer.do({ type: 'control', controller: 64, value: 0 }))).toBe('C')
  })

  it('are what a chord of the response is voiced from', () => {
    const performer = down(split({ improvise: true, live: false, 'hand-over': 'count', notes: 1 }), 50, 54, 57)
    down(later(performer, 0.5), 72)
    const melody = [{ pitch: 81, velocity: 64, beat: 0, beats: 0 }]
    performer.do({ type: 'answer', job: 'melody', request: 1, answer: { melody } })
    down(later(up(performer, 72), 1), 72, 76, 79)
    const tones = parseChord('D')?.tones
    for (const pitch of performer.sounding('lead')) expect(tones).toContain(pitch % 12)
  })
})

describe('feet', () => {
  const pedal = (performer: Performer, controller: number, value: number, channel = 1) =>
    performer.do({ type: 'control', controller, value, channel })

  it('hold both hands of one keyboard, and their own hand where each has a channel', () => {
    const both = up(down(pedal(split(), 64, 127), 48, 72), 48, 72)
    expect([both.sounding('chords'), both.sounding('lead')]).toEqual([[48], [72]])
    const own = split({ zones: 'channel' })
    pedal(own, 64, 127, 2)
    for (const channel of [1, 2]) own.do({ type: 'noteOn', pitch: 60, velocity: 90, channel })
    for (const channel of [1, 2]) own.do({ type: 'noteOff', pitch: 60, channel })
    expect([own.sounding('chords'), own.sounding('lead')]).toEqual([[60], []])
    expect(pedal(own.act('left-channel', 5), 64, 0, 2).sounding('chords')).toEqual([])
  })

  it('hold with sostenuto what sounded when it went down', () => {
    const performer = down(pedal(down(new Performer(), 60), 66, 127), 64)
    expect(up(performer, 60, 64).sounding('lead')).toEqual([60])
    expect(pedal(performer, 66, 0).sounding('lead')).toEqual([])
  })
})

describe('two hands', () => {
  it('play as the one hand does alone, if only the lead is theirs', () => {
    const line = fc.array(fc.integer({ min: 60, max: 84 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(line, fc.integer({ min: 0, max: 59 }), (pitches, held) => {
        const solo = pitches.map((pitch, index) => note(index, pitch, 0.5))
        const alone = split().play(solo)
        const together = down(split({ left: 'bass' }), held).play(solo)
        const lead = ({ effects }: Performer) =>
          effects.filter((effect) => 'track' in effect && effect.track === 'lead')
        expect(lead(together)).toEqual(lead(alone))
        expect(together.sounding('bass')).toEqual([held])
      }),
    )
  })
})
