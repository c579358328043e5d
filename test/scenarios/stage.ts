import { expect } from 'vitest'
import { note } from '../notes.ts'
import { Performer } from '../performer.ts'
import { song, stageWith } from '../songs.ts'
import type { Scenarios } from './scenario.ts'

/** Somebody whose keyboard is split at middle C: the left hand plays chords, the right hand the lead. */
const split = () => new Performer().act('zones', 'key')

const down = (performer: Performer, ...pitches: number[]) => {
  for (const pitch of pitches) performer.do({ type: 'noteOn', pitch, velocity: 90 })
  return performer
}

const held = (performer: Performer) => (['bass', 'chords', 'lead'] as const).map((track) => performer.sounding(track))

export const onStage: Scenarios = {
  S1() {
    const performer = split().act('measures', 1).act('count-in', 0).act('left', 'bass').act('record-bass')
    performer
      .play([note(0, 38, 3.8)])
      .wait(4)
      .act('left', 'chords')
    expect(down(performer, 53, 57, 48, 52).state.liveHarmony.chord?.symbol).toBe('Dm9')
  },

  S2() {
    const performer = split().act('zones', 'channel').act('left', 'bass').act('left-octave', -1)
    performer.do({ type: 'noteOn', pitch: 48, velocity: 90, channel: 2 })
    performer.do({ type: 'noteOn', pitch: 48, velocity: 90, channel: 1 })
    expect(held(performer)).toEqual([[36], [], [48]])
  },

  S3() {
    const performer = stageWith(song([{}]), song([{}]))
    expect(down(performer, 48).act('next-song').sounding('lead')).toEqual([48])
    expect(performer.do({ type: 'noteOff', pitch: 48 }).sounding('lead')).toEqual([])
  },

  S4() {
    const performer = down(split().do({ type: 'control', controller: 64, value: 127 }), 50, 72)
    performer.do({ type: 'noteOff', pitch: 50 })
    expect(held(performer)).toEqual([[], [50], [72]])
    expect(held(performer.act('panic'))).toEqual([[], [], []])
  },
}
