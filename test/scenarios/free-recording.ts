import { expect } from 'vitest'
import { Performer } from '../performer.ts'
import type { Scenarios } from './scenario.ts'

const pitches = [36, 36, 43, 36, 41, 36, 43, 40]
const line = Array.from({ length: 32 }, (_, eighth) => [eighth / 2, pitches[eighth % 8] as number] as const)

/** When a beat is played by somebody who begins at about 104, and gets faster. */
const drifting = (beat: number) => 2 + (60 / 104) * (beat - 0.0012 * beat * beat)

/** Somebody who has played four measures freely. */
function played(at = drifting, last: 'free-bass' | 'stop' = 'free-bass'): Performer {
  const performer = new Performer().act('free-bass', undefined, at(0) - 0.01)
  for (const [beat, pitch] of line) {
    performer.do({ type: 'noteOn', pitch, velocity: 90 }, at(beat))
    expect(performer.due('click', -8, 8)).toEqual([])
    performer.do({ type: 'noteOff', pitch }, at(beat + 0.4))
  }
  return performer.act(last, undefined, at(16) + 0.015)
}

/** When the bass sounds in the coming seconds. */
function moments(performer: Performer, seconds = 6): number[] {
  const to = performer.beat + (seconds * performer.state.settings.tempo) / 60
  return performer.due('bass', performer.beat, to).map(({ beat }) => performer.secondsAt(beat))
}

/** Plays evenly, and lets the loop go round until the middle of its second pass. */
const goesRound = () =>
  played((beat) => 2 + beat / 2)
    .act('quantise', 0)
    .do({ type: 'tick' }, 13.3)

function sameMoments(performer: Performer, before: readonly number[]): void {
  const after = moments(performer)
  for (const at of before) expect(after.some((other) => Math.abs(other - at) < 0.02)).toBe(true)
}

const kicks = (performer: Performer) =>
  performer
    .due('drums', performer.beat, performer.beat + (8 * performer.state.settings.tempo) / 60)
    .filter(({ drum }) => drum === 'kick')

export const freeRecording: Scenarios = {
  F1() {
    const performer = played()
    const mean = (60 * 16) / (drifting(16) - drifting(0))
    expect(Math.abs(performer.state.settings.tempo / mean - 1)).toBeLessThan(0.01)
    const { beat = -1 } = performer.due('drums', -1, 16).find(({ drum }) => drum === 'kick') ?? {}
    expect(Math.abs(performer.secondsAt(beat) - drifting(16))).toBeLessThan(0.03)
    expect(performer.due('bass', 0, 16).map(({ beat, pitch }) => [beat, pitch])).toEqual(line)
  },

  F2() {
    const performer = goesRound()
    const before = moments(performer)
    const all = kicks(performer).length
    performer.act('half-time')
    sameMoments(performer, before)
    expect(kicks(performer).length).toBeLessThan(all)
    performer.act('double-time')
    sameMoments(performer, before)
    expect(kicks(performer)).toHaveLength(all)
  },

  F3() {
    const performer = goesRound()
    const before = moments(performer)
    const { form } = performer.state.transport
    performer.act('other-metre')
    expect(performer.state.transport.form.metre).not.toEqual(form.metre)
    sameMoments(performer, before)
  },

  F4() {
    const performer = played(drifting, 'stop')
    expect(performer.state.transport.playing).toBe(false)
    performer.act('count-in', 0).act('play')
    expect(performer.due('bass', 0, 16).map(({ beat, pitch }) => [beat, pitch])).toEqual(line)
  },

  F5() {
    const performer = played().wait(2).act('free-chords')
    expect(performer.notices).toEqual(['free-in-tempo'])
    performer.wait(16).do({ type: 'noteOn', pitch: 60, velocity: 80 })
    expect(performer.state.recording.take).toMatchObject({ track: 'chords', start: 16 })
    expect(performer.due('bass', 16, 20)).toHaveLength(8)
  },

  F6() {
    const late = (beat: number) => 2.02 + (60 / 103) * beat
    const performer = new Performer().act('free-bass', undefined, 1.5)
    performer.do({ type: 'clock', bpm: 104, past: 0 }, 2)
    for (const [beat, pitch] of line) performer.do({ type: 'noteOn', pitch, velocity: 90 }, late(beat))
    performer.act('free-bass', undefined, late(16))
    expect(performer.state.settings.tempo).toBe(104)
    expect(performer.secondsAt(0)).toBeCloseTo(2 + (16 * 60) / 104, 6)
    expect(performer.due('bass', 0, 16)).toHaveLength(line.length)
  },
}
