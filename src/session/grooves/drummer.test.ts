import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import type { DrumHit, Groove } from '../../groove/index.ts'
import { fourFour, type Metre } from '../../music/index.ts'
import type { GrooveAnswer } from '../index.ts'

const bass = [note(0), note(1.5), note(4), note(6.75)]

const withBass = () =>
  new Performer()
    .act('listen', 0)
    .act('measures', 2)
    .act('record-bass')
    .play(bass.map((each) => ({ ...each, beats: 0.2 })))
    .wait(8)

/** A groove that strikes one drum on some steps. */
function groove(drum: DrumHit['drum'], steps: number[], metre: Metre = fourFour): Groove {
  return { metre, measures: 2, hits: steps.map((step) => ({ step, drum, velocity: 80, offsetMs: 0 })) }
}

function answer(drum: DrumHit['drum'], late = 0, hard = 80): GrooveAnswer {
  const plain = groove(drum, [0, 8, 20])
  return { plain, felt: { ...plain, hits: plain.hits.map((hit) => ({ ...hit, velocity: hard, offsetMs: late })) } }
}

const requestOf = (performer: Performer) => performer.asks('groove').at(-1)?.request ?? 0

/** Asks for a groove and gets this one. */
function newGroove(performer: Performer, given: GrooveAnswer): Performer {
  performer.act('new-groove')
  return performer.do({ type: 'answer', job: 'groove', request: requestOf(performer), answer: given })
}

const drumsOf = (performer: Performer, from: number, to: number) => [
  ...new Set(performer.due('drums', from - 0.1, to - 0.1).map(({ drum }) => drum)),
]

describe('the fixed groove', () => {
  it('plays the moment that the bass take ends, by the rule', () => {
    const due = withBass().due('drums', 8, 16)
    const beatsOf = (drum: string) => due.filter((hit) => hit.drum === drum).map(({ beat }) => beat - 8)
    expect(beatsOf('kick')).toEqual([0, 4])
    expect(beatsOf('snare')).toEqual([0, 1.5, 4, 6.75])
    expect(beatsOf('closed-hat')).toEqual(Array.from({ length: 16 }, (_, eighth) => eighth / 2))
  })

  it('goes on under a new take until that is over', () => {
    const performer = withBass()
      .wait(9)
      .act('record-bass')
      .play([note(0.5, 40, 0.2)], 16)
    const snares = performer.due('drums', 16, 32).flatMap(({ drum, beat }) => (drum === 'snare' ? [beat] : []))
    expect(snares).toEqual([16, 17.5, 20, 22.75, 24.5])
  })

  it('follows another metre', () => {
    const performer = withBass().do({ type: 'metre', metre: '3/4' }).wait(12)
    const kicks = performer.due('drums', 12, 18).flatMap(({ drum, beat }) => (drum === 'kick' ? [beat] : []))
    expect(kicks).toEqual([12, 15])
  })
})

describe('a new groove', () => {
  it('is asked of the model with the fixed groove, and lands on the loop’s start', () => {
    const performer = withBass().wait(9).act('temperature', 1.5).act('drums-form', false)
    newGroove(performer, answer('ride'))
    const [asked] = performer.asks('groove')
    expect(asked).toMatchObject({ temperature: 1.5, bpm: 120 })
    expect(asked?.fixed.hits.filter(({ drum }) => drum === 'snare').map(({ step }) => step)).toEqual([0, 6, 16, 27])
    expect(drumsOf(performer, 9, 16)).not.toContain('ride')
    expect(drumsOf(performer, 16, 24)).toEqual(['ride'])
    expect(drumsOf(performer.wait(17), 16, 24)).toEqual(['ride'])
  })

  it('is asked for in a style only if that is set', () => {
    const asked = (performer: Performer) => performer.act('new-groove').asks('groove').at(-1)?.style
    const performer = withBass()
    expect(asked(performer)).toBeUndefined()
    expect(asked(performer.act('style', 'funk'))).toBe('funk')
    expect(asked(performer.act('style', 'bass'))).toBeUndefined()
  })

  it('thins out and thickens with the intensity, without being asked for anew', () => {
    const performer = withBass()
    const strokes = [0, 2, 4, 6].map((step): DrumHit => ({ step, drum: 'ride', velocity: 80, offsetMs: 0 }))
    const plain: Groove = { metre: fourFour, measures: 2, hits: strokes }
    const more = [{ step: 8, drum: 'ride', velocity: 80, offsetMs: 0, level: 0.8 } as const]
    newGroove(performer, { plain, felt: plain, dynamics: { levels: [0, 0.2, 0.4, 0.5], more } }).wait(17)
    const count = (intensity: number) => performer.act('intensity', intensity).due('drums', 23.9, 31.9).length
    expect([0, 0.3, 0.5, 0.9].map(count)).toEqual([1, 2, 4, 5])
  })

  it('is asked for in triplets where the music swings as far, and sounds with its swing', () => {
    const performer = withBass().act('swing', 0.64)
    const ride: DrumHit[] = [0, 2, 4, 6].map((step) => ({ step, drum: 'ride', velocity: 80, offsetMs: 0 }))
    const plain: Groove = { metre: fourFour, measures: 2, stepsPerBeat: 6, hits: ride }
    newGroove(performer, { plain, felt: plain })
    expect(performer.asks('groove').at(-1)?.swing).toBe(0.64)
    const beats = performer.due('drums', 15.9, 24).map(({ beat }) => beat - 16)
    expect(beats).toEqual([0, 0.32, 0.64, 1].map((beat) => expect.closeTo(beat, 9)))
    expect(performer.act('swing', 0.55).act('new-groove').asks('groove').at(-1)?.swing).toBeUndefined()
  })

  it('comes where it was to come, though the take of another track is over on that very beat', () => {
    const performer = withBass().act('record-chords')
    performer.play([note(0.5, 60, 0.2)], 8).wait(11)
    newGroove(performer, answer('ride'))
    performer.wait(16)
    expect(performer.state.material.loops.chords).not.toBeNull()
    expect(drumsOf(performer, 16, 24)).toEqual(['ride'])
  })

  it('is asked for in triplets where the bass plays them, and sounds on its triplets', () => {
    const line = [0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3, 4, 14 / 3, 5].map((beat) => note(beat, 40, 0.2))
    const performer = new Performer()
      .act('listen', 0)
      .act('grid', 'triplets')
      .act('measures', 2)
      .act('record-bass')
      .play(line)
      .wait(8)
    const ride: DrumHit[] = [0, 2, 4, 6].map((step) => ({ step, drum: 'ride', velocity: 80, offsetMs: 0 }))
    const plain: Groove = { metre: fourFour, measures: 2, stepsPerBeat: 6, hits: ride }
    newGroove(performer, { plain, felt: plain })
    expect(performer.asks('groove').at(-1)?.swing).toBeCloseTo(2 / 3)
    const beats = performer.due('drums', 15.9, 24).flatMap(({ drum, beat }) => (drum === 'ride' ? [beat - 16] : []))
    expect(beats).toEqual([0, 1 / 3, 2 / 3, 1].map((beat) => expect.closeTo(beat, 9)))
    expect(performer.due('bass', 15.9, 17).map(({ beat }) => beat - 16)).toEqual(
      [0, 1 / 3, 2 / 3].map((beat) => expect.closeTo(beat, 2)),
    )
  })

  it('that comes within the look-ahead of the start waits for the next one', () => {
    const performer = newGroove(withBass().wait(15.8), answer('ride'))
    expect(drumsOf(performer, 16, 24)).not.toContain('ride')
    expect(drumsOf(performer, 24, 32)).toEqual(['ride'])
  })

  it('has as much of its touch as the setting says', () => {
    const performer = newGroove(withBass(), answer('ride', 25, 120))
    const first = (feel: number) => performer.act('feel', feel).due('drums', 15.9, 16.2)[0]
    expect([first(0)?.beat, first(0)?.velocity]).toEqual([16, 80])
    expect([first(1)?.beat, first(1)?.velocity]).toEqual([expect.closeTo(16.05, 9), 120])
    expect(first(0.5)?.velocity).toBe(100)
  })

  it('is kept: one steps through them, and back to the fixed one and again', () => {
    const performer = withBass()
    for (const drum of ['ride', 'crash', 'low-tom'] as const) newGroove(performer, answer(drum))
    const next = (action: 'next-groove' | 'previous-groove' | 'fixed-groove') =>
      drumsOf(performer.act(action).wait(Math.ceil(performer.beat / 8) * 8 + 8), performer.beat, performer.beat + 8)
    performer.wait(17)
    expect(drumsOf(performer, 17, 24)).toEqual(['low-tom'])
    expect(next('next-groove')).toEqual(['ride'])
    expect(next('previous-groove')).toEqual(['low-tom'])
    expect(next('previous-groove')).toEqual(['crash'])
    expect(next('fixed-groove')).toEqual(['kick', 'snare', 'closed-hat'])
    expect(next('fixed-groove')).toEqual(['crash'])
  })

  it.each([
    ['an empty one', { plain: groove('ride', []), felt: groove('ride', []) }, 'groove-empty'],
    ['none', null, 'groove-failed'],
    ['one that ends after its end', { plain: groove('ride', [99]), felt: groove('ride', [99]) }, 'groove-failed'],
    ['two that differ', { plain: groove('ride', [1]), felt: groove('ride', []) }, 'groove-failed'],
  ])('%s changes nothing but a word', (_, given, notice) => {
    const performer = withBass().act('new-groove')
    const before = drumsOf(performer, 16, 24)
    performer.do({ type: 'answer', job: 'groove', request: requestOf(performer), answer: given, message: 'why' })
    expect(performer.notices).toEqual([notice])
    expect(drumsOf(performer, 16, 24)).toEqual(before)
    expect(performer.state.asked.groove).toBeNull()
  })

  it('that is late is told of once, and may still come', () => {
    const performer = withBass().act('new-groove').wait(12).wait(20)
    expect(performer.notices).toEqual(['groove-late'])
    performer.do({ type: 'answer', job: 'groove', request: requestOf(performer), answer: answer('ride') })
    expect(drumsOf(performer, 24, 32)).toEqual(['ride'])
  })

  it('asked for twice is the later one, whatever comes first', () => {
    const performer = withBass().act('new-groove').act('new-groove')
    const [first, second] = performer.asks('groove').map(({ request }) => request)
    performer.do({ type: 'answer', job: 'groove', request: second ?? 0, answer: answer('ride') })
    performer.do({ type: 'answer', job: 'groove', request: first ?? 0, answer: answer('crash') })
    expect(drumsOf(performer, 16, 24)).toEqual(['ride'])
    expect(performer.asks('groove').map(({ seed }) => seed)).toHaveLength(
      new Set(performer.asks('groove').map(({ seed }) => seed)).size,
    )
  })

  it('needs a bassline', () => {
    expect(new Performer().act('new-groove').notices).toEqual(['no-bass'])
  })

  it('says that drums that only follow the bass are not cleared alone', () => {
    const performer = new Performer()
      .act('count-in', 0)
      .act('record-bass')
      .play([note(0, 36)])
      .wait(9)
    expect(performer.act('clear-drums').notices).toEqual(['drums-follow'])
    expect(new Performer().act('clear-drums').notices).toEqual([])
  })

  it('goes with its bassline, and comes back with it', () => {
    const performer = newGroove(withBass(), answer('ride'))
      .wait(16)
      .act('record-bass')
      .play([note(0)], 16)
      .wait(24)
    expect(drumsOf(performer, 24, 32)).toEqual(['kick', 'snare', 'closed-hat'])
    expect(drumsOf(performer.act('undo'), 24, 32)).toEqual(['kick', 'snare', 'closed-hat'])
    expect(drumsOf(performer.act('fixed-groove', false), 32, 40)).toEqual(['ride'])
  })
})
