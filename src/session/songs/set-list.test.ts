import { describe, expect, it } from 'vitest'
import { sung } from '../../../test/cues.ts'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { pedal, sectionOf, song, stageWith, writtenBass } from '../../../test/songs.ts'
import { metreText } from '../../music/index.ts'
import { beatAt, secondsAt } from '../../timing/index.ts'
import { harmonyAt, lookAheadSeconds, notesBetween, type Section, type Song } from '../index.ts'

const pitchesOf = (notes: readonly { readonly pitch: number }[]) => notes.map(({ pitch }) => pitch)

/** Waits for the pedal, plays a loop, ends after its pass, and goes back with the next note. */
const thereAndBack = song([
  { name: 'wait', tempo: 120 },
  { name: 'loop', play: true, metre: '4/4', set: { 'mute-lead': true }, loops: writtenBass(40) },
  { name: 'rest', enter: 'loop', play: false, leave: 'note', next: 'wait', set: { 'mute-lead': false } },
])

describe('a written loop', () => {
  it('starts on the pedal', () => {
    const performer = pedal(stageWith(thereAndBack), 3)
    expect(performer.secondsAt(0)).toBe(3)
    expect(performer.due('bass', 0, 4).map(({ beat, pitch }) => [beat, pitch])).toEqual([
      [0, 40],
      [1, 41],
      [2, 42],
      [3, 43],
    ])
  })

  it('has what is written nearest to its end early for its beat one, as takes have', () => {
    const bass = { measures: 1, notes: [{ pitch: 40, beat: 2.875, beats: 0.5 }] }
    const { state } = pedal(stageWith(song([{ play: true, metre: '3/4', loops: { bass } }])))
    expect(state.material.loops.bass?.notes).toMatchObject([{ pitch: 40, beat: -0.125, beats: 0.5 }])
  })

  it('takes in what was played over a longer one before it', () => {
    const [long, short] = [2, 1].map((measures) => ({ metre: '4/4', loops: writtenBass(40, measures) }))
    const performer = pedal(stageWith(song([{}, { ...long, play: true }, { ...short, enter: 'now' }])))
    performer.act('overdub-bass')
    performer.play([note(5, 70)])
    pedal(performer, performer.secondsAt(6.5)).wait(8)
    const { loops } = performer.state.material
    expect(loops.bass?.notes.map(({ pitch, beat }) => [pitch, beat])).toEqual([
      [40, 0],
      [41, 1],
      [42, 2],
      [43, 3],
      [70, 1],
    ])
  })

  it('goes round until the pedal ends it, after its pass', () => {
    const performer = pedal(stageWith(thereAndBack), 1).wait(19)
    pedal(performer)
    expect(performer.due('bass', 16, 100)).toHaveLength(8)
    expect(performer.wait(23.9).state.transport.playing).toBe(true)
    expect(performer.wait(24.1).state.transport.playing).toBe(false)
    expect(performer.all('silence').at(-1)?.track).toBeNull()
  })

  it('silences the keys where the song mutes them, and frees them again', () => {
    const performer = pedal(stageWith(thereAndBack), 1)
    performer.wait(2).do({ type: 'noteOn', pitch: 72, velocity: 90 })
    expect(performer.sounding('lead')).toEqual([])
    pedal(performer.do({ type: 'noteOff', pitch: 72 })).wait(9)
    performer.do({ type: 'noteOn', pitch: 74, velocity: 90 })
    expect(performer.sounding('lead')).toEqual([74])
  })

  it('is left behind by the next note, once it has ended and not before', () => {
    const performer = pedal(pedal(stageWith(thereAndBack), 1).wait(2))
    performer.play([note(3, 70)])
    expect(sectionOf(performer)).toBe('loop')
    performer.wait(9)
    expect(sectionOf(performer)).toBe('rest')
    performer.do({ type: 'noteOn', pitch: 70, velocity: 90 })
    expect(sectionOf(performer)).toBe('wait')
  })

  it('can be started again after that, from its beginning', () => {
    const performer = pedal(pedal(stageWith(thereAndBack), 1).wait(2)).wait(9)
    pedal(performer.do({ type: 'noteOn', pitch: 70, velocity: 90 }), 20)
    expect(performer.secondsAt(0)).toBe(20)
    expect(pitchesOf(performer.due('bass', 0, 2))).toEqual([40, 41])
  })
})

/** Another loop, in another metre and at half the speed, follows the first. */
const twoLoops = song([
  { play: true, tempo: 120, metre: '4/4', loops: writtenBass(40) },
  { enter: 'loop', tempo: 240, metre: '3/4', loops: writtenBass(60, 1, 3) },
  { enter: 'loop', play: false },
])

describe('a section', () => {
  it('begins with the next pass of the loop, in its own metre and tempo', () => {
    const performer = stageWith(twoLoops).wait(3)
    pedal(performer).wait(8.5)
    expect(performer.state.transport.form).toMatchObject({ beat: 8, metre: { numerator: 3 } })
    expect(pitchesOf(performer.due('bass', 8, 14))).toEqual([60, 61, 62, 60, 61, 62])
    expect(performer.secondsAt(9) - performer.secondsAt(8)).toBeCloseTo(0.25, 9)
  })

  it('is there for a scheduler that looks past its beginning, note for note and on time', () => {
    const performer = pedal(stageWith(twoLoops).wait(3))
    const heard: (readonly [number, number])[] = []
    let asked = 0
    for (let at = 0; at < 5; at += 0.02) {
      performer.do({ type: 'tick' }, Math.max(at, performer.at))
      const { timeline } = performer.state.transport
      const ahead = beatAt(timeline, at + lookAheadSeconds)
      const due = notesBetween(performer.state, asked, ahead).filter(({ track }) => track === 'bass')
      heard.push(...due.map(({ beat, pitch }) => [secondsAt(timeline, beat), pitch] as const))
      asked = Math.max(asked, ahead)
    }
    const first = [0, 1, 2, 3, 4, 5, 6, 7].map((beat) => [beat / 2, 40 + beat])
    const second = [0, 1, 2, 3].map((beat) => [4 + beat / 4, 60 + (beat % 3)])
    expect(heard.slice(0, 12)).toEqual([...first, ...second].map(([at, pitch]) => [expect.closeTo(at ?? 0, 9), pitch]))
  })

  it('begins at the next measure unless it says otherwise', () => {
    const performer = stageWith(song([{ play: true, loops: writtenBass(40), metre: '4/4' }, { set: { swing: 0.6 } }]))
    pedal(performer.wait(1)).wait(3.9)
    expect(sectionOf(performer)).toBe('1')
    expect(sectionOf(performer.wait(4.1))).toBe('2')
  })

  it('begins at once where it says so, or where nothing plays', () => {
    const now = song([{ play: true }, { enter: 'now' }, { enter: 'now', play: false }, { enter: 'loop' }])
    const performer = stageWith(now)
    expect(sectionOf(pedal(performer.wait(1.3)))).toBe('2')
    expect(sectionOf(pedal(pedal(performer)))).toBe('4')
  })

  it.each([
    ['the drums', { drums: { measures: 3, hits: [{ step: 0, drum: 'kick' }] } }, undefined],
    ['the chart', undefined, 'C | F | G'],
  ] as const)('waits for the end of %s where no other loop plays', (_, loops, chart) => {
    const performer = stageWith(
      song([
        {
          play: true,
          metre: '4/4',
          ...(loops && { loops: { drums: { ...loops.drums, hits: [] } } }),
          ...(chart && { chart }),
        },
        { enter: 'loop' },
      ]),
    )
    pedal(performer.wait(1)).wait(11.9)
    expect(sectionOf(performer)).toBe('1')
    expect(sectionOf(performer.wait(12.1))).toBe('2')
  })

  it('is passed over when the pedal is pressed again before it has begun', () => {
    const performer = pedal(pedal(stageWith(twoLoops).wait(2))).wait(8.1)
    expect(sectionOf(performer)).toBe('3')
    expect(performer.state.transport.playing).toBe(false)
  })

  it('takes its tempo with it when it is called off', () => {
    const performer = pedal(stageWith(twoLoops).wait(2)).act('previous-section').wait(12)
    expect(sectionOf(performer)).toBe('1')
    expect(performer.secondsAt(12)).toBeCloseTo(6, 9)
  })

  it('is not waited for any more once the music has been stopped', () => {
    const performer = pedal(stageWith(twoLoops).wait(2)).act('stop').act('count-in', 0).act('play').wait(9)
    expect(sectionOf(performer)).toBe('1')
    expect(performer.state.transport.form.metre.numerator).toBe(4)
  })

  it('waits for the end of a take', () => {
    const recording = song([
      { do: ['record-bass'], set: { measures: 2, 'count-in': 0 } },
      { metre: '3/4', loops: { chords: null } },
    ])
    const performer = stageWith(recording)
      .act('play')
      .play([note(0), note(1)])
    expect(sectionOf(pedal(performer).wait(7.9))).toBe('1')
    expect(sectionOf(performer.wait(8.1))).toBe('2')
    expect(performer.state.material.loops.bass?.metre.numerator).toBe(4)
    expect(performer.state.transport.form.metre.numerator).toBe(3)
  })

  /** The bass is armed, the pedal pressed in the first measure, and the first note comes at a beat. */
  const takeBegunAt = (beat: number, section: Partial<Section>) => {
    const stage = stageWith(song([{ do: ['record-bass'], set: { measures: 2, 'count-in': 0 } }, section]))
    return pedal(stage.act('play').wait(1)).play([note(beat, 40, 0.05), note(beat + 1, 41, 0.05)])
  }

  it.each([
    ['in its own measure', 1, 8],
    ['early for the measure where the section would begin', 3.9, 12],
  ])('waits for the end of a take that began after the pedal, %s', (_, beat, end) => {
    const performer = takeBegunAt(beat, { do: ['record-bass'] })
    expect(sectionOf(performer.wait(end - 0.1))).toBe('1')
    expect(sectionOf(performer.wait(end + 0.1))).toBe('2')
    expect(performer.state.material.loops.bass).toMatchObject({ measures: 2, notes: [{ pitch: 40 }, { pitch: 41 }] })
  })

  it('takes its tempo along to the end of a take that began after the pedal', () => {
    const performer = takeBegunAt(1, { tempo: 60 })
    const lengthOf = (beat: number) => performer.secondsAt(beat + 1) - performer.secondsAt(beat)
    expect([4, 7, 8].map(lengthOf)).toEqual([0.5, 0.5, 1])
  })

  it('waits no longer for a take that is thrown away', () => {
    const performer = takeBegunAt(1, {}).act('undo')
    expect(sectionOf(performer.wait(3.9))).toBe('1')
    expect(sectionOf(performer.wait(4.1))).toBe('2')
  })

  it.each([
    ['at the end of the loop in a metre that came meanwhile', 'loop', 17, 30.5],
    ['at the next measure of a metre that came meanwhile', 'measure', 19.9, 23.5],
  ] as const)('begins %s', (_, enter, called, begins) => {
    const stage = stageWith(
      song([
        { play: true, metre: '4/4', loops: writtenBass(40, 4) },
        { enter, tempo: 60 },
      ]),
    )
    const performer = stage.wait(17).do({ type: 'metre', metre: '7/8' }).wait(called)
    pedal(performer).wait(begins - 0.1)
    expect(sectionOf(performer)).toBe('1')
    expect(performer.secondsAt(begins + 1) - performer.secondsAt(begins)).toBeCloseTo(1, 9)
    expect(sectionOf(performer.wait(begins + 0.1))).toBe('2')
  })

  it('begins in its own tempo, though the tempo is moved or tapped while it waits', () => {
    const lengthOfBeat = (change: (performer: Performer) => void) => {
      const performer = pedal(stageWith(twoLoops).wait(5))
      change(performer)
      return performer.secondsAt(9) - performer.secondsAt(8)
    }
    expect(lengthOfBeat((performer) => performer.act('tempo', 121))).toBeCloseTo(0.25, 9)
    const tap = (performer: Performer) => {
      for (const beat of [5, 6, 7]) performer.act('tap', undefined, performer.secondsAt(beat + 0.1))
    }
    expect(lengthOfBeat(tap)).toBeCloseTo(0.25, 9)
  })

  it.each([
    ['a hair before the bar line', 7.94, 'C'],
    ['on it', 8, 'C'],
    ['late', 8.2, 'C'],
    ['long before it', 7.2, 'Dm'],
  ])('has its chart from its own first measure when the note that leads to it comes %s', (_, beat, chord) => {
    const performer = stageWith(song([{ play: true, leave: 'note' }, { chart: 'C | Dm' }]))
    performer.play([note(beat, 60, 0.1)])
    expect(harmonyAt(performer.state, 8.5).chord?.symbol).toBe(chord)
  })

  it('has its chart from where it begins in the shortest of measures', () => {
    const performer = stageWith(song([{ play: true, metre: '1/16', leave: 'note' }, { chart: 'C | Dm' }]))
    performer.play([note(1, 60, 0.1)])
    expect(harmonyAt(performer.state, 1.1).chord?.symbol).toBe('C')
  })

  it('does its actions as it begins', () => {
    const performer = pedal(stageWith(song([{}, { do: ['record-chords'] }])))
    expect(performer.state.recording.armed).toMatchObject({ track: 'chords', overdub: false })
    expect(performer.state.transport.playing).toBe(true)
  })

  it('comes back with the key that goes the other way', () => {
    const performer = pedal(stageWith(song([{ set: { doubler: false } }, { set: { doubler: true } }])))
    expect(performer.state.settings.doubler).toBe(true)
    expect(performer.act('previous-section').state.settings.doubler).toBe(false)
    expect(performer.act('previous-section').notices).toEqual(['no-more-sections'])
  })

  it('is the last one where none follows', () => {
    expect(pedal(stageWith(song([{}]))).notices).toEqual(['no-more-sections'])
  })
})

describe('the controls of a song', () => {
  it('are the section’s before the song’s, and the song’s before the performer’s own', () => {
    const controls: Song['controls'] = { 'cc 20': 'next-section', 'cc 21': 'doubler' }
    const performer = stageWith(song([{ controls: { 'cc 20': 'live' } }, {}], controls))
    performer.do({ type: 'bind', bindings: { 'cc 20': 'tap', 'cc 21': 'tap', 'cc 22': 'improvise' } })
    const press = (controller: number) =>
      performer.do({ type: 'control', controller, value: 127 }).do({ type: 'control', controller, value: 0 }).state
        .settings
    expect(press(20).live).toBe(false)
    expect(press(21).doubler).toBe(true)
    expect(press(22).improvise).toBe(true)
    performer.act('next-section')
    press(20)
    expect(performer.notices).toEqual(['no-more-sections'])
  })

  it('let one program tap while every other goes on', () => {
    const tapped = song([{ controls: { 'program 0': 'tap' } }, {}])
    const performer = stageWith(tapped)
    for (const at of [1, 1.4, 1.8]) performer.do({ type: 'program', program: 0 }, at)
    expect(performer.state.settings.tempo).toBeCloseTo(150, 6)
    expect(sectionOf(performer)).toBe('1')
    expect(sectionOf(performer.do({ type: 'program', program: 5 }))).toBe('2')
  })
})

describe('a set list', () => {
  const loud = song([
    { tempo: 90, play: true, metre: '3/4', loops: writtenBass(40, 1, 3), set: { doubler: true, 'mute-lead': true } },
  ])
  const quiet = song([{}], {})

  it('turns its pages, and says where it ends', () => {
    const performer = stageWith(loud, quiet).act('next-song')
    expect(performer.state.songs.song).toBe(1)
    expect(performer.act('next-song').notices).toEqual(['no-more-sections'])
    expect(performer.act('previous-song').state.songs.song).toBe(0)
    expect(pitchesOf(performer.due('bass', 0, 3))).toEqual([40, 41, 42])
  })

  it('begins each song on an empty stage: no music, no loops, no controls and no settings of the one before', () => {
    const before = new Performer().act('volume-bass', 2).act('tempo', 100)
    const { settings } = before.state
    const { state } = before.do({ type: 'setList', songs: [loud, quiet] }).act('next-song')
    expect(state.settings).toEqual(settings)
    expect(state.transport.playing).toBe(false)
    expect(state.material).toMatchObject({ loops: { bass: null, chords: null }, drums: null, chart: null })
    expect(sectionOf(pedal(before))).toBe('1')
  })

  it('begins a song without a metre in the one that the stage had, not in the one of the song before', () => {
    const metreOf = ({ state }: Performer) => metreText(state.transport.form.metre)
    const [seven, none, five] = [song([{ play: true, metre: '7/8' }]), song([{ play: true }]), song([{ metre: '5/4' }])]
    const performer = stageWith(seven, none, five, none).wait(3)
    expect(metreOf(performer.act('next-song'))).toBe('4/4')
    expect(metreOf(performer.act('next-song'))).toBe('5/4')
    expect(metreOf(performer.act('next-song'))).toBe('4/4')
    const waltz = new Performer().do({ type: 'metre', metre: '3/4' }).do({ type: 'setList', songs: [seven, none] })
    expect(
      metreOf(
        waltz
          .wait(3)
          .act('record-bass')
          .play([note(8)])
          .act('next-song'),
      ),
    ).toBe('3/4')
    expect(waltz.notices).not.toContain('metre-waits')
  })

  it('gives the stage its metre back when it is taken away', () => {
    const performer = stageWith(song([{ metre: '7/8' }])).do({ type: 'setList', songs: [] })
    expect(metreText(performer.state.transport.form.metre)).toBe('4/4')
  })

  it('keeps what the performer set in the meantime, where the song did not', () => {
    const performer = stageWith(loud, quiet).act('volume-bass', 2).act('next-song')
    expect(performer.state.settings['volume-bass']).toBe(2)
  })

  it('can be taken away', () => {
    const { state } = stageWith(loud).do({ type: 'setList', songs: [] })
    expect(state.settings).toEqual(new Performer().state.settings)
    expect(state.songs.list).toEqual([])
  })
})

describe('a solo section', () => {
  it('asks for an answer to twenty notes and plays it on the performer’s keys', () => {
    const classic = song([{ set: { live: false, 'hand-over': 'count', notes: 20 } }], { program: 'improvise' })
    const performer = pedal(stageWith(classic))
    performer.play(Array.from({ length: 20 }, (_, key) => note(key, 60, 0.5)))
    const [question] = performer.asks('melody')
    expect(question?.call).toHaveLength(20)
    performer.do({ type: 'answer', job: 'melody', request: question?.request ?? 0, answer: sung([72, 74]) })
    performer.play([note(20.5, 61), note(21, 62), note(22, 63)])
    const solo = performer.all('sound').slice(-3)
    expect(solo).toMatchObject([
      { pitch: 72, by: 'machine' },
      { pitch: 74, by: 'machine' },
      { pitch: 63, by: 'human' },
    ])
  })
})
