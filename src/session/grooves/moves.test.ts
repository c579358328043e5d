import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'

/** A bass of two measures, which is a loop with its fixed groove from beat 8 on. */
const withBass = () =>
  new Performer()
    .act('measures', 2)
    .act('record-bass')
    .play([note(0, 40, 0.2), note(1.5, 40, 0.2), note(4, 43, 0.2)])
    .wait(8)

const struck = (performer: Performer, from: number, to: number) =>
  performer.due('drums', from - 0.01, to - 0.01).map(({ drum, beat }) => [drum, beat] as const)
const beatsOf = (performer: Performer, drum: string, from: number, to: number) =>
  struck(performer, from, to).flatMap(([each, beat]) => (each === drum ? [beat] : []))

describe('a fill', () => {
  it('is played from now to the bar line, with a crash on the one, and then the groove goes on', () => {
    const performer = withBass().wait(13).act('drum-fill')
    expect(beatsOf(performer, 'closed-hat', 12, 16)).toEqual([12, 12.5, 13])
    expect(beatsOf(performer, 'low-tom', 12, 16)).toEqual([15, 15.25, 15.5, 15.75])
    expect(beatsOf(performer, 'crash', 12, 24)).toEqual([16])
    expect(beatsOf(performer, 'kick', 16, 18)).toEqual([16])
    performer.wait(17)
    expect(performer.state.grooves.move).toBeNull()
    expect(beatsOf(performer, 'closed-hat', 16, 18)).toEqual([16, 16.5, 17, 17.5])
  })

  it('that is asked for too late fills the next measure', () => {
    const performer = withBass().wait(15.5).act('drum-fill')
    expect(beatsOf(performer, 'snare', 16, 17)).toEqual([16, 16.25, 16.5, 16.75])
    expect(beatsOf(performer, 'crash', 12, 24)).toEqual([20])
  })

  it('leaves what schedulers have asked for already as it was', () => {
    const performer = withBass().wait(13)
    const before = struck(performer, 13, 13.3)
    expect(struck(performer.act('drum-fill'), 13, 13.3)).toEqual(before)
  })

  it('is nothing while the music stands', () => {
    expect(new Performer().act('drum-fill').act('drum-break').act('end').state.grooves.move).toBeNull()
  })
})

describe('a break', () => {
  it('silences the drums for the next measure, and only them', () => {
    const performer = withBass().wait(13).act('drum-break')
    expect(struck(performer, 16, 20)).toEqual([])
    expect(performer.due('bass', 15.9, 20)).toHaveLength(2)
    expect(beatsOf(performer, 'crash', 12, 24)).toEqual([20])
    expect(beatsOf(performer, 'closed-hat', 14, 16)).toEqual([14, 14.5, 15, 15.5])
  })
})

describe('a break that is told twice', () => {
  it('is two measures long, and three if it is told again while it goes on', () => {
    const performer = withBass().wait(13).act('drum-break').act('drum-break')
    expect(struck(performer, 16, 24)).toEqual([])
    expect(beatsOf(performer, 'crash', 12, 32)).toEqual([24])
    performer.wait(21).act('drum-break')
    expect(beatsOf(performer, 'crash', 20, 32)).toEqual([28])
  })
})

describe('an ending', () => {
  it('comes where the form ends: a fill, and the last stroke on the one; then the music stops', () => {
    const performer = withBass().wait(10).act('end')
    expect(performer.state.transport.ending?.beat).toBe(32)
    expect(beatsOf(performer, 'closed-hat', 24, 36)).toEqual([24, 24.5, 25, 25.5, 26, 26.5, 27, 27.5])
    expect(struck(performer, 32, 40)).toEqual([
      ['kick', 32],
      ['crash', 32],
    ])
    const lastNotes = performer.due('bass', 31.9, 60)
    expect(lastNotes.map(({ beat }) => beat)).toEqual([32])
    performer.wait(35)
    expect(performer.state.transport.playing).toBe(true)
    performer.wait(36.1)
    expect(performer.state.transport).toMatchObject({ playing: false, ending: null })
    expect(performer.effects.filter(({ type }) => type === 'silence')).toHaveLength(1)
  })

  it('that is asked for again comes on the next one', () => {
    const performer = withBass().wait(10).act('end').act('end')
    expect(performer.state.transport.ending?.beat).toBe(12)
    expect(beatsOf(performer, 'crash', 8, 40)).toEqual([12])
    expect(performer.wait(13).due('click', 13, 40)).toEqual([])
  })

  it('is the end: played again, the music goes on', () => {
    const performer = withBass().wait(10).act('end').act('end').wait(20).act('play')
    expect(performer.due('bass', 0, 40).length).toBeGreaterThan(5)
  })
})

describe('the time of the drums', () => {
  it('is halved from the next measure on: the hat keeps the time, and all else takes twice as long', () => {
    const performer = withBass().wait(13).act('drums-half-time')
    expect(beatsOf(performer, 'snare', 8, 16)).toEqual([8, 9.5, 12])
    expect(beatsOf(performer, 'snare', 16, 32)).toEqual([16, 19, 24, 27])
    expect(beatsOf(performer, 'closed-hat', 16, 18)).toEqual([16, 16.5, 17, 17.5])
    performer.wait(17).act('drums-half-time')
    expect(beatsOf(performer, 'snare', 24, 32)).toEqual([24, 25.5, 28])
  })

  it('is doubled', () => {
    const performer = withBass().wait(13).act('drums-double-time')
    expect(beatsOf(performer, 'kick', 16, 24)).toEqual([16, 18, 20, 22])
  })
})
