import { describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import type { Note } from '../music/index.ts'

const eight = [0, 1, 2, 3, 4, 5, 6, 7].map((beat) => note(beat, 36 + beat))

/** A performer who has armed the bass and hears the count-in. */
function ready(metre = '4/4', measures = 2): Performer {
  return new Performer().do({ type: 'metre', metre }).act('measures', measures).act('record-bass')
}

const onsets = (performer: Performer, from: number, to: number, track: 'bass' | 'chords' = 'bass') =>
  performer.due(track, from, to).map(({ beat, pitch }) => [beat, pitch])

const places = (notes: readonly Note[], by = 0) => notes.map(({ beat, pitch }) => [beat + by, pitch])

describe('a take', () => {
  it.each([0, 25, 60])('keeps 8 of 8 notes when the first is %d ms early', (early) => {
    const [first, ...rest] = eight as [Note, ...Note[]]
    const performer = ready().play([{ ...first, beat: (-early * 2) / 1000 }, ...rest])
    performer.wait(8)
    expect(performer.state.recording.take).toBeNull()
    expect(onsets(performer, 8, 16)).toEqual(places(eight, 8))
  })

  it.each([25, 60])('keeps 8 of 8 notes when all are %d ms early', (early) => {
    const by = (early * 2) / 1000
    const performer = ready().play(eight.map((each) => ({ ...each, beat: each.beat - by })))
    performer.wait(8).act('quantise', 0)
    expect(performer.due('bass', 7.75, 15.75).map(({ pitch }) => pitch)).toEqual(eight.map(({ pitch }) => pitch))
  })

  it('begins where the count-in ends, or with a first note up to half a beat early for the next measure', () => {
    const early = ready().play([note(3.5, 36, 0.2)])
    expect(early.state.recording.take).toMatchObject({ start: 4, end: 12 })
    const late = ready().play([note(2.5, 36, 0.2)])
    expect(late.state.recording.take).toMatchObject({ start: 0, end: 8 })
  })

  it('begins on the bar line that its first note is on, in the shortest of measures', () => {
    const performer = ready('1/8', 2).play([note(2, 36, 0.1)])
    expect(performer.state.recording.take).toMatchObject({ start: 2, end: 3 })
  })

  it('has no pickup of more than a measure: a key before that only sounds', () => {
    const performer = new Performer()
      .act('count-in', 2)
      .act('record-bass')
      .play([note(-4.5, 40, 0.2)])
    expect(performer.all('sound')).toHaveLength(1)
    expect(performer.state.recording).toMatchObject({ armed: { track: 'bass' }, take: null })
  })

  it('starts the music with its first note when there is no count-in', () => {
    const performer = new Performer().act('count-in', 0).act('record-bass').do({ type: 'tick' }, 3)
    expect(performer.state.transport.playing).toBe(false)
    performer.do({ type: 'noteOn', pitch: 40, velocity: 80 }, 5)
    expect(performer.state.transport.playing).toBe(true)
    expect(performer.secondsAt(0)).toBe(5)
    expect(performer.state.recording.take?.start).toBe(0)
  })

  it('keeps velocities and lengths, also of what is held over its end', () => {
    const played = [note(0, 36, 0.7, 33), note(1, 40, 2.5, 101), note(7, 43, 4, 64)]
    const performer = ready().play(played)
    const due = performer.due('bass', 16, 24)
    expect(due.map(({ velocity }) => velocity)).toEqual([33, 101, 64])
    for (const [index, beats] of [0.7, 2.5, 4].entries()) expect(due[index]?.beats).toBeCloseTo(beats, 9)
  })

  it('keeps the lengths of swung notes, and of one that is held when the music stops', () => {
    const played = [note(0, 36, 0.66), note(2 / 3, 37, 0.32), note(1, 38, 1.5), note(8 / 3, 39, 2)]
    const performer = ready('4/4', 1)
      .act('swing', 2 / 3)
      .play(played.slice(0, 3))
    performer.do({ type: 'noteOn', pitch: 39, velocity: 90 }, performer.secondsAt(8 / 3))
    performer.act('stop', undefined, performer.secondsAt(2.9)).act('count-in', 0).act('play')
    const lengths = performer.due('bass', 0, 4).map(({ beats }) => beats)
    expect(lengths).toEqual([0.66, 0.32, 1.5, 2.9 - 8 / 3].map((beats) => expect.closeTo(beats, 9)))
  })

  it('plays what comes after its end, and does not record it; what is early for the next pass belongs to that', () => {
    const performer = ready().play([...eight, note(7.95, 36, 0.3), note(8.5, 50), note(9, 51)])
    expect(performer.all('sound')).toHaveLength(11)
    expect(onsets(performer, 16, 24)).toEqual(places(eight, 16))
  })

  it('has its first notes ready before it is over, for schedulers who look ahead', () => {
    const performer = ready().play(eight.map((each) => ({ ...each, beats: 0.2 })))
    expect(performer.beat).toBeLessThan(8)
    expect(performer.state.recording.take).not.toBeNull()
    expect(onsets(performer, 7.9, 8.3)).toEqual([[8, 36]])
    expect(performer.due('drums', 7.9, 8.1).map(({ drum }) => drum)).toEqual(['kick', 'snare', 'closed-hat'])
  })

  it('ends at the nearest measure when Record is pressed again, and is called off before its first note', () => {
    const again = ready()
      .play([note(0, 36)])
      .act('record-bass')
    expect(again.state.recording).toMatchObject({ armed: null, take: { measures: 1, end: 4 } })
    const off = ready().act('record-bass')
    expect(off.state.recording).toMatchObject({ armed: null, take: null })
  })

  it('goes on when more is to be added to it, which then waits for its end', () => {
    const performer = ready()
      .play([note(0, 36)])
      .act('overdub-bass')
      .play([note(5, 43)])
    expect(performer.state.recording).toMatchObject({ armed: { track: 'bass', overdub: true }, take: { end: 8 } })
    performer.play([note(9, 50)]).wait(16)
    expect(onsets(performer, 16, 24)).toEqual([
      [16, 36],
      [17, 50],
      [21, 43],
    ])
    expect(onsets(performer.act('undo'), 16, 24)).toEqual([
      [16, 36],
      [21, 43],
    ])
  })

  it('is kept as far as it got when the music stops', () => {
    const performer = ready().play(eight.slice(0, 3)).act('stop').act('count-in', 0).act('play')
    expect(onsets(performer, 0, 8)).toEqual(places(eight.slice(0, 3)))
  })

  it('puts early, late and swung notes on the grid as far as the setting says', () => {
    const performer = ready('4/4', 1).act('swing', 2 / 3)
    performer.play([note(0), note(0.68), note(1.95), note(3)]).wait(4)
    const at = (quantise: number) =>
      performer
        .act('quantise', quantise)
        .due('bass', 7.9, 11.9)
        .map(({ beat }) => beat - 8)
    expect(at(1)).toEqual([0, 2 / 3, 2, 3].map((beat) => expect.closeTo(beat, 9)))
    expect(at(0)).toEqual([0, 0.68, 1.95, 3].map((beat) => expect.closeTo(beat, 9)))
    expect(at(0.5)[2]).toBeCloseTo(1.975, 2)
  })
})

describe('the swing of a take', () => {
  const line = (offbeat: number) => [0, 1, 2, 3].flatMap((beat) => [note(beat, 36, 0.3), note(beat + offbeat, 38, 0.2)])
  const chord = [60, 64, 67].map((pitch) => note(0, pitch, 3.5))
  const places = (performer: Performer, from: number) =>
    performer.due('bass', from, from + 4).map(({ beat }) => Math.round(1e6 * (beat - from)) / 1e6)

  it.each([0.6, 0.64, 2 / 3])('is kept at %d where the chords of before have nothing between the beats', (offbeat) => {
    const performer = ready('4/4', 1).act('record-chords').play(chord).wait(4)
    performer.act('record-bass').play(line(offbeat), 8)
    expect(places(performer.wait(12), 12)).toEqual(line(offbeat).map(({ beat }) => expect.closeTo(beat, 5)))
  })

  it('is that of the newest bass', () => {
    const performer = ready('4/4', 1)
      .play(line(2 / 3))
      .wait(4)
      .act('record-chords')
      .play(chord, 8)
    performer.wait(12).act('record-bass').play(line(0.5), 16)
    expect(places(performer.wait(20), 20)).toEqual(line(0.5).map(({ beat }) => expect.closeTo(beat, 5)))
  })

  it.each([
    ['eighths', 2],
    ['sixteenths', 4],
  ])('that is set by hand swings straight %s, one on each place, and the drums with them', (_, perBeat) => {
    const played = Array.from({ length: 4 * perBeat }, (_, index) => note(index / perBeat, 36 + index, 0.1))
    const performer = ready('4/4', 1)
      .act('swing', 2 / 3)
      .play(played.map((each, index) => ({ ...each, beat: each.beat + (index % 2 ? -0.01 : 0.01) })))
    performer.wait(4)
    const on = (track: 'bass' | 'drums') =>
      new Set(performer.due(track, 7.9, 11.9).map(({ beat }) => Math.round(1e6 * (beat - 8)) / 1e6))
    const expected = played.map(({ beat }) => (beat % 1 < 0.5 ? (beat % 1) * (4 / 3) : 1 / 3 + (2 / 3) * (beat % 1)))
    expect([...on('bass')]).toEqual(
      expected.map((phase, index) => expect.closeTo(Math.floor(index / perBeat) + phase, 5)),
    )
    expect(on('drums')).toEqual(on('bass'))
    performer.act('quantise', 0).wait(6)
    expect(performer.due('bass', 7.9, 11.9).map(({ beat }) => beat - 8)).toEqual(
      played.map(({ beat }, index) => expect.closeTo(beat + (index % 2 ? -0.01 : 0.01), 9)),
    )
  })

  it('stays where a loop has notes between the beats', () => {
    const performer = ready('4/4', 1).play(line(0.5)).wait(4).act('record-chords').play(line(0.62), 8).wait(12)
    expect(performer.state.settings.swing).toBe(0.5)
  })
})

describe('a run that is faster than the grid', () => {
  const looped = (track: 'lead' | 'chords', played: readonly Note[]) => {
    const performer = new Performer().act('measures', 1).act(`record-${track}`).play(played).wait(4)
    return performer.due(track, 7.9, 11.9).map(({ beat, pitch }) => [pitch, Math.round(1e5 * (beat - 8)) / 1e5])
  }

  it.each([5, 6, 7, 8])(
    'of %d notes in a beat stays as it was played, and the beats beside it are quantised',
    (count) => {
      const run = Array.from({ length: count }, (_, index) => note(1 + index / count, 60 + index, 1 / count))
      const played = [note(0.03, 50, 0.5), ...run, note(2.03, 51, 0.5)]
      const expected = [note(0, 50), ...run, note(2, 51)]
      expect(looped('lead', played)).toEqual(expected.map(({ beat, pitch }) => [pitch, Math.round(1e5 * beat) / 1e5]))
    },
  )

  it('is none where a chord is spread', () => {
    const spread = [60, 64, 67].map((pitch, index) => note(1 + index * 0.05, pitch, 1))
    expect(looped('chords', [note(0, 48), ...spread])).toEqual([
      [48, 0],
      [60, 1],
      [64, 1],
      [67, 1],
    ])
  })
})

describe('loops', () => {
  /** Somebody with a bass loop of two measures. */
  const withBass = () =>
    ready()
      .play(eight.filter(({ beat }) => beat % 2 === 0))
      .wait(8)

  it.each([0, 0.02, 0.1])('follow each other: chords after a bass that they come %d beats early for', (early) => {
    const performer = ready()
      .play([note(0, 36), note(6, 38)])
      .act('record-chords')
    const chords = [note(0, 60), note(0, 64), note(2, 67), note(6, 65)]
    performer.play(
      chords.map((each) => ({ ...each, beat: each.beat - early })),
      8,
    )
    expect(performer.all('sound').map(({ track }) => track)).toEqual(['bass', 'bass', ...chords.map(() => 'chords')])
    performer.wait(17)
    expect(onsets(performer, 16, 24)).toEqual(places([note(0, 36), note(6, 38)], 16))
    expect(onsets(performer, 16, 24, 'chords')).toEqual(places(chords, 16))
  })

  it('keep their place to each other: chords over a bass that is at its second measure', () => {
    const chords = [note(0, 60), note(0, 64), note(2, 67)]
    const performer = withBass().act('record-chords').play(chords, 12).wait(20)
    expect(onsets(performer, 20, 28, 'chords')).toEqual(places(chords, 20))
    expect(onsets(performer, 16, 24)).toEqual(
      places(
        eight.filter(({ beat }) => beat % 2 === 0),
        16,
      ),
    )
    performer.act('count-in', 0).act('stop').act('play')
    const [bass, chord] = [performer.due('bass', 0, 64), performer.due('chords', 0, 64)]
    expect(((chord[0]?.beat ?? 0) - (bass[0]?.beat ?? 0)) % 8).toBe(4)
  })

  it('of different lengths go round in their own', () => {
    const performer = withBass()
      .act('measures', 1)
      .act('record-chords')
      .play([note(0, 60)], 8)
      .wait(12)
    expect(onsets(performer, 12, 24, 'chords')).toEqual([12, 16, 20].map((beat) => [beat, 60]))
    expect(onsets(performer, 16, 24)).toHaveLength(4)
  })

  it('take overdubs: what was there goes on, what is played joins it a pass later', () => {
    const performer = withBass()
      .act('overdub-bass')
      .play([note(1, 50), note(5, 51)], 12)
    expect(onsets(performer, 16, 20)).toEqual([
      [16, 36],
      [18, 38],
    ])
    performer.wait(20)
    expect(onsets(performer, 20, 28)).toEqual(
      [
        [20, 40],
        [21, 50],
        [22, 42],
        [24, 36],
        [25, 51],
        [26, 38],
      ].sort((a, b) => (a[0] as number) - (b[0] as number)),
    )
  })

  it('fit another metre from the next measure on, and come back whole', () => {
    const performer = withBass().do({ type: 'metre', metre: '3/4' }).wait(12)
    expect(performer.state.transport.form).toMatchObject({ beat: 12, metre: { numerator: 3 } })
    expect(onsets(performer, 12, 18)).toEqual([
      [12, 40],
      [14, 42],
      [15, 36],
      [17, 38],
    ])
    performer.act('stop').do({ type: 'metre', metre: '4/4' }).act('count-in', 0).act('play')
    expect(onsets(performer, 0, 8)).toEqual(places(eight.filter(({ beat }) => beat % 2 === 0)))
  })

  it('end with their measure in a shorter metre, go on over its bar line, and have their lengths again after it', () => {
    const early = note(3.95, 72, 0.04)
    const played = [note(0, 60, 3.9), note(0.5, 62, 1), note(1, 67, 4), early, note(4, 65, 3.9)]
    const performer = new Performer().act('measures', 2).act('record-chords').play(played).wait(8)
    const ends = (from: number, to: number) =>
      performer.due('chords', from, to).map(({ beat, beats }) => beat - from + beats)
    const close = (ends: number[]) => ends.map((end) => expect.closeTo(end, 9))
    const usual = ends(8, 16)
    performer.do({ type: 'metre', metre: '3/4' }).wait(13)
    expect(ends(15, 21)).toEqual(close([3, 1.5, 4, 3.04, 6]))
    performer.do({ type: 'metre', metre: '5/4' }).wait(15)
    expect(ends(25, 35)).toEqual(close([3.9, 1.5, 6, 5.04, 8.9]))
    performer.do({ type: 'metre', metre: '4/4' }).act('stop').act('count-in', 0).act('play')
    expect(ends(0, 8)).toEqual(usual)
  })

  it('wait with another metre until the take is over', () => {
    const performer = ready()
      .play([note(0)])
      .do({ type: 'metre', metre: '7/8' })
      .wait(7.9)
    expect(performer.notices).toEqual(['metre-waits'])
    expect(performer.state.transport.form.metre.numerator).toBe(4)
    expect(performer.wait(8).state.transport.form).toMatchObject({ beat: 8, metre: { numerator: 7 } })
  })

  it('wait no longer for a take that is thrown away', () => {
    const performer = ready()
      .play([note(0.5, 40, 0.1)])
      .do({ type: 'metre', metre: '3/4' })
      .act('undo')
    expect(performer.wait(4).state.transport.form).toMatchObject({ beat: 4, metre: { numerator: 3 } })
  })

  it('are muted, heard alone, made louder and cleared, and what sounds of them is silenced', () => {
    const performer = withBass().act('volume-bass', 2).act('mute-click')
    expect(performer.due('bass', 8, 16).map(({ gain }) => gain)).toEqual([2, 2, 2, 2])
    expect(performer.due('click', 8, 16)).toEqual([])
    performer.act('solo-drums')
    expect([performer.due('bass', 8, 16).length, performer.due('drums', 8, 16).length > 0]).toEqual([0, true])
    performer.act('solo-drums').act('clear-bass')
    expect([performer.due('bass', 8, 16), performer.due('drums', 8, 16)]).toEqual([[], []])
    expect(performer.all('silence').map(({ track }) => track)).toEqual(
      expect.arrayContaining(['click', 'bass', 'drums']),
    )
    expect(onsets(performer.act('undo'), 8, 16)).toHaveLength(4)
  })

  it('take in what was played before their end and is told of later, as by a microphone', () => {
    const performer = ready('4/4', 1)
      .play([note(0, 40), note(2, 43)])
      .wait(4.3)
    const late = (beat: number, pitch: number) =>
      performer.do({ type: 'noteOn', pitch, velocity: 90 }, performer.secondsAt(beat))
    late(3.75, 47)
    performer.do({ type: 'noteOff', pitch: 47 }, performer.secondsAt(4.35))
    const line = [
      [8, 40],
      [10, 43],
      [11.75, 47],
    ]
    expect(onsets(performer, 8, 12)).toEqual(line)
    expect(performer.due('drums', 8, 12).flatMap(({ drum, beat }) => (drum === 'snare' ? [beat] : []))).toEqual([
      8, 10, 11.75,
    ])
    late(4.02, 50)
    late(-3, 50)
    expect(onsets(performer, 8, 12)).toEqual(line)
    performer.act('undo')
    late(3.75, 52)
    expect(performer.state.material.loops.bass).toBeNull()
    expect(onsets(performer.act('redo'), 12, 16).map(([, pitch]) => pitch)).toEqual([40, 43, 47])
  })

  it.each([
    ['the keys wait for another take by then', (performer: Performer) => performer.act('record-chords')],
    ['another metre has come', (performer: Performer) => performer.do({ type: 'metre', metre: '3/4' })],
  ])('take it in, too, where %s', (_, change) => {
    const performer = change(
      ready('4/4', 1)
        .act('swing', 2 / 3)
        .play([note(0, 40), note(1, 43)]),
    ).wait(4.05)
    performer.do({ type: 'noteOn', pitch: 47, velocity: 90 }, performer.secondsAt(3 + 2 / 3))
    expect(performer.state.material.loops.bass?.notes.map(({ beat, pitch }) => [pitch, beat])).toEqual([
      [40, 0],
      [43, 1],
      [47, expect.closeTo(3.5, 9)],
    ])
    expect(performer.state.recording.take).toBeNull()
  })

  it('leave the hands on the lead once they are recorded, and on what is added to until that is over', () => {
    const performer = ready('4/4', 1).play([note(0, 40)])
    const keys = () => performer.state.settings.keys
    expect(keys()).toBe('bass')
    expect([performer.wait(4.3), keys()]).toEqual([performer, 'lead'])
    performer.act('overdub-bass').play([note(1, 43)], 8)
    expect([performer.wait(13), keys()]).toEqual([performer, 'bass'])
    expect([performer.act('overdub-bass'), keys()]).toEqual([performer, 'lead'])
  })

  it('leave the hands where they were, as in version 0.1, where takes are as they were then', () => {
    const performer = ready('4/4', 1)
      .act('whole-takes', false)
      .play([note(0, 40)])
      .wait(4.3)
    expect(performer.state.recording.take).toBeNull()
    expect(performer.state.settings.keys).toBe('bass')
  })

  it('take in nothing that is played after the music was stopped in the middle of a take', () => {
    const performer = ready('4/4', 1)
      .play([note(0, 40)])
      .act('stop', undefined, 3)
    performer.do({ type: 'noteOn', pitch: 43, velocity: 90 }, performer.secondsAt(3))
    expect(performer.state.material.loops.bass?.notes.map(({ pitch }) => pitch)).toEqual([40])
  })

  it('can be undone and redone, take by take', () => {
    const performer = withBass()
      .wait(9)
      .act('record-bass')
      .play([note(0, 70)], 16)
      .wait(24)
    expect(onsets(performer, 24, 32)).toEqual([[24, 70]])
    expect(onsets(performer.act('undo'), 24, 32)).toHaveLength(4)
    expect(onsets(performer.act('redo'), 24, 32)).toEqual([[24, 70]])
    expect(onsets(performer.act('undo').act('undo'), 24, 32)).toEqual([])
    performer.act('undo')
    expect(performer.notices).toEqual(['nothing-to-undo'])
  })
})

describe('the click', () => {
  const bassLoop = () =>
    new Performer()
      .act('measures', 1)
      .act('count-in', 0)
      .act('record-bass')
      .play([note(0, 36)])
      .wait(4)

  it('counts in, and has a sound for the loop, the measure and the unit', () => {
    const performer = new Performer().do({ type: 'metre', metre: '7/8' }).act('measures', 2).act('play')
    const clicks = (from: number, to: number) =>
      performer.due('click', from, to).map(({ beat, click }) => [beat, click])
    expect(clicks(-3.5, 0).map(([beat]) => beat)).toEqual([-3.5, -3, -2.5, -2, -1.5, -1, -0.5])
    expect(clicks(0, 7).filter(([, click]) => click !== 'beat')).toEqual([
      [0, 'loop'],
      [3.5, 'bar'],
    ])
    expect(clicks(0, 7)).toHaveLength(14)
  })

  it('falls silent where the drums begin, unless it always sounds or nobody hears them', () => {
    const performer = bassLoop()
    expect(performer.due('click', 4, 8)).toEqual([])
    expect(performer.act('mute-drums', true).due('click', 8, 12)).toHaveLength(4)
    expect(performer.act('mute-drums', false).due('click', 8, 12)).toEqual([])
    expect(performer.act('volume-drums', 0).due('click', 8, 12)).toHaveLength(4)
    expect(performer.act('volume-drums', 1).act('click', 'always').due('click', 8, 12)).toHaveLength(4)
  })

  it('counts in again where the drums wait', () => {
    const performer = bassLoop().act('stop').act('count-in', 1).act('play')
    expect(performer.due('click', -4, 8)).toHaveLength(4)
  })
})
