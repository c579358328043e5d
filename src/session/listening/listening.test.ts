import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { fourFour } from '../../music/index.ts'
import type { GrooveAnswer } from '../index.ts'

/** Two measures: kicks that always sound, snares that the quiet leaves out, and rides for the loud. */
const answer: GrooveAnswer = (() => {
  const hits = [0, 4, 16, 20].map((step, index) => ({
    step,
    drum: index % 2 === 0 ? ('kick' as const) : ('snare' as const),
    velocity: 80,
    offsetMs: 0,
  }))
  const plain = { metre: fourFour, measures: 2, hits }
  const more = [2, 18].map((step) => ({ step, drum: 'ride' as const, velocity: 70, offsetMs: 0, level: 0.6 }))
  return { plain, felt: plain, dynamics: { levels: [0, 0.4, 0, 0.4], more } }
})()

const withGroove = () => {
  const performer = new Performer()
    .act('drums-form', false)
    .act('measures', 2)
    .act('record-bass')
    .play([note(0, 40, 0.2), note(4, 40, 0.2)])
    .wait(8)
    .act('new-groove')
  const { request = 0 } = performer.asks('groove')[0] ?? {}
  return performer.do({ type: 'answer', job: 'groove', request, answer })
}
const line = (perBeat: number, velocity: number) =>
  Array.from({ length: 16 * perBeat }, (_, index) => ({ ...note(index / perBeat, 60 + (index % 7), 0.1), velocity }))
const drumsOf = (performer: Performer, from: number, to: number) => [
  ...new Set(performer.due('drums', from - 0.1, to - 0.1).map(({ drum }) => drum)),
]

describe('the drummer', () => {
  it('plays the groove as it is where nobody plays', () => {
    expect(drumsOf(withGroove().wait(60), 60, 68)).toEqual(['kick', 'snare'])
  })

  it('thickens and strikes harder under a busy line, and thins out under a quiet one', () => {
    const busy = withGroove().act('keys', 'lead').play(line(4, 120), 24).wait(40)
    expect(drumsOf(busy, 40, 48).sort()).toEqual(['kick', 'ride', 'snare'])
    expect(busy.due('drums', 39.9, 40.1)[0]?.velocity).toBeGreaterThan(80)
    const quiet = withGroove()
      .act('keys', 'lead')
      .play(
        [note(0), note(4), note(8), note(12)].map((each) => ({ ...each, velocity: 40, beats: 0.5 })),
        24,
      )
    expect(drumsOf(quiet.wait(40), 40, 48)).toEqual(['kick'])
    expect(drumsOf(quiet.wait(90), 92, 96)).toEqual(['kick', 'snare'])
  })

  it('plays on as it is where it is not to listen', () => {
    const performer = withGroove().act('listen', 0).act('keys', 'lead').play(line(4, 120), 24).wait(40)
    expect(drumsOf(performer, 40, 48)).toEqual(['kick', 'snare'])
  })

  it('follows at bar lines only', () => {
    const performer = withGroove().wait(63).act('keys', 'lead').play(line(4, 120).slice(0, 15), 64)
    const energy = (beat: number) => performer.wait(beat).state.listening.listener.energy
    const before = energy(67.9)
    expect([before, energy(67.99)]).toEqual([0.5, 0.5])
    const heard = energy(68.01)
    expect(heard).toBeGreaterThan(0.6)
    expect(energy(71.99)).toBe(heard)
  })
})
